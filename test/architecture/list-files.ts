import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Folders that hold nothing anybody wrote, or recordings of others' servers. */
const skipped = new Set(["node_modules", "dist", ".git", ".coppice", "coverage", "recordings"]);

/** Every file below `root` that people wrote, relative to it, with `/` between folders, sorted. */
export function listFiles(root: string, wanted: (file: string) => boolean): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(path);
      else if (entry.isFile()) found.push(relative(root, path).split(sep).join("/"));
    }
  };
  visit(root);
  return found.filter(wanted).sort();
}
