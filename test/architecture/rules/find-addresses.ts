import { homedir } from "node:os";
import type { Finding } from "../check.ts";

/** A folder that other machines have as well says nothing about ours. */
const commonHomes = new Set(["/", "/root", "/home", "/nonexistent"]);

/** Texts that tie the repository to one machine or one network. */
export function findAddresses(file: string, text: string, root: string): Finding[] {
  const home = homedir();
  const folders = [root, ...(commonHomes.has(home) ? [] : [home])];
  return text.split("\n").flatMap((line, index): Finding[] => {
    const place = `${file}:${index + 1}`;
    const found: Finding[] = [];
    if (
      /\b(?:registry|npm|artifactory|nexus)\.[a-z0-9-]+\.[a-z]{2,}\b|^\s*(?:@[\w-]+:)?registry\s*=/i.test(
        line,
      )
    ) {
      found.push({ rule: "registry-host", place, message: "a package registry is the reader's own choice" });
    }
    if (folders.some((folder) => hasPath(line, folder)) || /(?<![\w.])\/Users\/\w/.test(line)) {
      found.push({ rule: "absolute-path", place, message: "this folder exists on one machine only" });
    }
    if (file.endsWith("package-lock.json") && /"resolved": "https?:/.test(line)) {
      found.push({
        rule: "resolved-address",
        place,
        message: "run npm install with the .npmrc of the repository",
      });
    }
    return found;
  });
}

function hasPath(line: string, folder: string): boolean {
  const at = line.indexOf(folder);
  return at >= 0 && !/[\w-]/.test(line.charAt(at + folder.length));
}
