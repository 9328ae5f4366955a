/** A text is squeezed into no fewer columns: nobody reads a terminal that is narrower. */
const LEAST = 10;

/**
 * Lines of a report: a text stands beside its head where both fit into the terminal, else below it, indented and wrapped.
 * Where nobody looks at a terminal nothing is wrapped, so that a line can be searched for; nor where one tells no width, as
 * those of containers say 0.
 *
 * @example fit("missing  bridge vmbr7", "no seats there", { columns: 80, indent: 9 })
 */
export function fit(
  head: string,
  text: string,
  { columns, indent }: { readonly columns: number | undefined; readonly indent: number },
): string[] {
  const width = widthOf(columns);
  const line = text === "" ? head.trimEnd() : `${head}  ${text}`;
  if (line.length <= width) return [line];
  const below = (lines: readonly string[]) => lines.map((each) => " ".repeat(indent) + each);
  const trimmed = head.trimEnd();
  const [first = "", ...rest] = trimmed.length <= width ? [trimmed] : wrap(trimmed, width - indent);
  return [first, ...below([...rest, ...wrap(text, width - indent)])];
}

/** How many columns a line may have on a terminal, by what that says of itself. */
export function widthOf(columns: number | undefined): number {
  return columns || Number.POSITIVE_INFINITY;
}

/** Breaks a text between words; a word that is longer than a line, such as a path, after a slash or where the line ends. */
export function wrap(text: string, wished: number): string[] {
  const width = Math.max(wished, LEAST);
  const lines: string[] = [];
  for (const word of text.split(/ +/).flatMap((each) => pieces(each, width))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.push(`${lines.pop()} ${word}`);
    else if (word !== "") lines.push(word);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  const slash = word.lastIndexOf("/", width - 1);
  const end = slash > 0 ? slash + 1 : width;
  return [word.slice(0, end), ...pieces(word.slice(end), width)];
}
