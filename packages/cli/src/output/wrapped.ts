import { wrap } from "./fit.ts";

/**
 * A line as the lines of a terminal that is so wide; what does not fit goes on two columns further in.
 *
 * @example wrapped("  a class of 25", 12) // ["  a class", "    of 25"]
 */
export function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? "";
  const further = `${indent}  `;
  const [first = "", ...rest] = wrap(line.trim(), width - further.length);
  return [indent + first, ...rest.map((each) => further + each)];
}
