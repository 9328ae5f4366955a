/**
 * A line as the lines of a terminal that is so wide; what does not fit goes on two columns further in.
 *
 * @example wrapped("  a class of 25", 12) // ["  a class of", "    25"]
 */
export function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const [first = "", ...words] = line.trim().split(/ +/);
  const lines = [indent + first];
  for (const word of words) {
    const last = lines.at(-1) ?? "";
    if (last.length + 1 + word.length > width) lines.push(`${indent}  ${word}`);
    else lines.splice(-1, 1, `${last} ${word}`);
  }
  return lines;
}
