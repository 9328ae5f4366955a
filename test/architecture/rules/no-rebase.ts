import type { Finding } from "../check.ts";

/** Programs that may run on a node or order something there; the emulator only watches what others type. */
const programs = /^packages\/(?!emulator\/).*\.(?:ts|js|mjs|cjs|pl|pm|sh)$/;

/**
 * Finds the word that puts an overlay onto another base. With `-u` its guest reads a mix of both bases, and no check
 * notices (docs/proxmox-facts.md#rebase-mixes): a seat gets a fresh overlay instead.
 */
export function findRebase(file: string, text: string): Finding[] {
  if (!programs.test(file) || file.endsWith(".test.ts")) return [];
  return text.split("\n").flatMap((line, index) => {
    const isComment = /^\s*(?:\/\/|\/?\*|#)/.test(line);
    if (isComment || !/\brebase\b/.test(line)) return [];
    const message = "no overlay is ever put onto another base: make a fresh one";
    return [{ rule: "no-rebase", place: `${file}:${index + 1}`, message }];
  });
}
