/** An exit status that names no reason: a program's number, as in `start failed: QEMU exited with code 1`, or nothing. */
const WITHOUT_REASON = /exit(?:ed with)? code \d+$|^migration (?:aborted|problems)$/;

/** Words of lines that say what went wrong, among those that say what was done. */
const TELLING =
  /fail|error|unable|cannot|can't|could not|does not|not (?:found|supported|available|enough)|no such|no space|denied|refused|invalid|busy|in use/i;

const MOST_LINES = 3;
const LONGEST_LINE = 200;

/**
 * The reasons that a failed task's log gives where its exit status gives none. QEMU repeats the whole option that it did
 * not like; what stands behind it is enough.
 *
 * @example tellingLines("start failed: QEMU exited with code 1", log) // ["bridge 'vmbr7' does not exist"]
 */
export function tellingLines(exitStatus: string, log: readonly string[]): string[] {
  if (!WITHOUT_REASON.test(exitStatus)) return [];
  const lines = log
    .filter((line) => !line.startsWith("TASK ERROR:"))
    .map((line) => withoutOption(line.trim()));
  const said = lines.filter((line) => line !== "" && !exitStatus.includes(line));
  const telling = said.filter((line) => TELLING.test(line));
  const shown = telling.length > 0 ? telling.slice(-MOST_LINES) : said.slice(-1);
  return [...new Set(shown)].map(shorten);
}

function withoutOption(line: string): string {
  const [program, option, ...reason] = line.split(": ");
  const isOfQemu = program === "kvm" && option?.startsWith("-") === true && reason.length > 0;
  return isOfQemu ? reason.join(": ") : line;
}

function shorten(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}
