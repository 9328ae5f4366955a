import { blur } from "./blur.ts";
import type { References } from "./references.ts";

/** What of a log's line cannot repeat, made equal. */
const inLogs: readonly (readonly [RegExp, string])[] = [
  [/^kvm: -(?:blockdev|drive) .*?: (?=Could not)/, "kvm: <device>: "],
  [/\/var\/tmp\/pveupload-[0-9a-f]+/g, "<upload>"],
  // The ring's number is hexadecimal: its digits are a matter of luck.
  [/^Ring ID:\s+\S+/, "Ring ID: #"],
  // Of lists of files: when they were written, and how many blocks the machine's file system takes for them.
  [/ [A-Z][a-z]{2} [ \d]\d (?:\d{2}:\d{2}| \d{4}) /, " <when> "],
  [/^total \d+$/, "total #"],
  [/^disk size: .*/, "disk size: #"],
  [/\(duration \d{2}:\d{2}:\d{2}\)/, "(duration #)"],
  [/tmp_dwnl\.\d+/, "tmp_dwnl.#"],
  [/\s+/g, " "],
];

/** Progress comes as often as the machine is slow. */
const progress =
  /transferred .*%|^#?\s*\(?#%|drive-\S+: transferred|% complete|mirror-\S+: transferred|average \d|records (?:in|out)$|bytes .*copied|wrote \d|^\s*\d+K /;

/** A log as the list of its lines, progress and chance left out. */
function readable(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !progress.test(line))
    .map((line) =>
      inLogs.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), blur(line)).trim(),
    );
}

/** Where two logs differ; nothing when they do not. */
export function compareLogs(
  recorded: readonly string[],
  ours: readonly string[],
  references: References,
): string[] {
  const [left, right] = [readable(recorded), readable(ours)];
  const found: string[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [theirs, mine] = [left[index], right[index]];
    if (theirs !== undefined && mine !== undefined && references.same(theirs, mine)) continue;
    found.push(
      `log line ${index + 1}: recorded ${JSON.stringify(theirs ?? null)}, got ${JSON.stringify(mine ?? null)}`,
    );
  }
  return found;
}
