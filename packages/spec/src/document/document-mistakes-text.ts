import type { DocumentMistake } from "./documents.ts";

/**
 * Mistakes as people and editors read them, one a line.
 *
 * @example mistakesText(mistakes) // "class.yaml:6:8: 'seats' is -1; choose 0 to 10000"
 */
export function documentMistakesText(mistakes: readonly DocumentMistake[]): string {
  return mistakes
    .map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`)
    .join("\n");
}
