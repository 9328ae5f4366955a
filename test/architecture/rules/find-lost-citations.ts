import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { headingAnchors } from "../../docs/heading-anchors.ts";
import type { Finding } from "../check.ts";

/** A page by its name or path, perhaps with a heading; not one on another server, nor a pattern such as `<name>.md`. */
const citation = /(?<![\w.*<>…{}:/-])((?:\.{1,2}\/)*\w[\w./-]*\.md)\b(?:#([\w-]+))?/g;

/**
 * Finds pages that a comment or the prose of a page cites and that a reader of this repository cannot open, and
 * headings that are not in them. A path begins at the citing file, at the root or in `docs`.
 */
export function findLostCitations(file: string, text: string, root: string): Finding[] {
  const prose = file.endsWith(".md") ? withoutCode(text) : isProgram(file) ? comments(text) : "";
  return prose.split("\n").flatMap((line, index) =>
    [...line.matchAll(citation)].flatMap(([, page = "", heading]): Finding[] => {
      const message = problemOf(file, root, page, heading);
      return message === undefined ? [] : [{ rule: "lost-citation", place: `${file}:${index + 1}`, message }];
    }),
  );
}

function problemOf(file: string, root: string, page: string, heading?: string): string | undefined {
  const places = [dirname(file), "", "docs"].map((folder) => join(root, folder, page));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) return `${page} is not in the repository: cite what a reader can open`;
  if (heading === undefined || headingAnchors(readFileSync(found, "utf8")).includes(heading))
    return undefined;
  return `${page} has no heading #${heading}`;
}

function isProgram(file: string): boolean {
  return /\.(?:ts|js|mjs|cjs|pl|pm|sh)$/.test(file);
}

/** A page with its blocks of code emptied, so that lines keep their numbers. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, ""));
}

/** A program of which only its comments are left, each on its line. */
function comments(text: string): string {
  const lines = text.split("\n").map((line) => /(?:(?<!:)\/\/|^\s*(?:\/?\*|#)).*$/.exec(line)?.[0] ?? "");
  return lines.join("\n");
}
