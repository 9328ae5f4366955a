/** A text in which Markdown finds no marks of its own. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#]/g, String.raw`\$&`);
}
