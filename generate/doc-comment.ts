const WIDTH = 110;

/**
 * A doc comment, on one line where it fits.
 *
 * @param indent the spaces before each line.
 * @param tags what follows the text, each on a line of its own.
 */
export function docComment(indent: string, text: string, tags: readonly string[] = []): string {
  const line = `${indent}/** ${[text, ...tags].join(" ")} */`;
  if (line.length <= WIDTH) return line;
  const lines = wrap(text, WIDTH - indent.length - 3);
  const all = tags.length === 0 ? lines : [...lines, "", ...tags];
  return [`${indent}/**`, ...all.map((each) => `${indent} * ${each}`.trimEnd()), `${indent} */`].join("\n");
}

/** Code between backticks is one word, so that it can be copied from one line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
