import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A page of the repository. */
export interface Page {
  /** Its path below the root. */
  readonly path: string;
  readonly text: string;
}

/** A block of code in a page. */
export interface Snippet {
  readonly path: string;
  /** The line of the page on which it begins, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

const places = ["*.md", "{docs,examples,packages,policies,stacks}/**/*.md"];

/** Every Markdown page of the repository. */
export function markdownPages(): Page[] {
  const exclude = (path: string): boolean => /(?:^|\/)(?:node_modules|dist)$/.test(path);
  const paths = globSync(places, { cwd: root, exclude }).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The blocks of code of a page. */
export function snippetsOf({ path, text }: Page): Snippet[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ({ 1: language = "", 2: code = "", index }) => ({
      path,
      line: text.slice(0, index).split("\n").length,
      language,
      code,
    }),
  );
}

/** A page without its blocks of code. */
export function proseOf({ text }: Page): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "");
}
