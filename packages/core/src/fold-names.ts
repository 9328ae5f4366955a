/**
 * Shortens a list of names: three or more in a row that count up become one run.
 *
 * @example foldNames(["seat-01", "seat-02", "seat-03", "ada"]) // ["seat-01–seat-03", "ada"]
 */
export function foldNames(names: readonly string[]): string[] {
  const runs: string[][] = [];
  for (const name of names) {
    const run = runs.at(-1);
    if (run !== undefined && name === successor(run.at(-1) ?? "")) run.push(name);
    else runs.push([name]);
  }
  return runs.flatMap((run) => (run.length < 3 ? run : [`${run[0]}–${run.at(-1)}`]));
}

/** The name with the next number at its end; undefined where there is no number. */
function successor(name: string): string | undefined {
  const [, head = "", digits] = /^(.*?)(\d+)$/.exec(name) ?? [];
  return digits === undefined
    ? undefined
    : `${head}${String(BigInt(digits) + 1n).padStart(digits.length, "0")}`;
}
