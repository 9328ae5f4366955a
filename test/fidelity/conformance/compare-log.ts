import { blur } from "./references.ts";

/** A log line by its shape: numbers and names that cannot repeat made equal. */
function shapeOf(line: string): string {
  return (
    blur(line)
      .replace(/^kvm: -(?:blockdev|drive) .*?: (?=Could not)/, "kvm: <device>: ")
      .replace(/UPID:\S+/g, "<upid>")
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<uuid>")
      .replace(/\b[0-9A-F]{2}(?::[0-9A-F]{2}){5}\b/g, "<mac>")
      .replace(/\b[0-9a-f]{32,64}\b/g, "<digest>")
      .replace(/\/var\/tmp\/pveupload-\S+/g, "<upload>")
      // The ring's number is hexadecimal: its digits are a matter of luck.
      .replace(/^Ring ID:\s+\S+/, "Ring ID: #")
      .replace(/\d+(?:\.\d+)?/g, "#")
      .replace(/\s+/g, " ")
      .trim()
  );
}

/** Progress comes as often as the machine is slow. */
const progress =
  /transferred .*%|^#?\s*\(?#%|drive-\S+: transferred|% complete|mirror-\S+: transferred|average \d|records (?:in|out)$|bytes .*copied|wrote \d|^\s*\d+K /;

/** A log as the list of its lines' shapes, progress left out. */
export function logShape(lines: readonly string[]): string[] {
  return lines.filter((line) => !progress.test(line)).map(shapeOf);
}

/** Where two logs differ in shape; nothing when they do not. */
export function compareLogs(recorded: readonly string[], ours: readonly string[]): string[] {
  const [left, right] = [logShape(recorded), logShape(ours)];
  const found: string[] = [];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    if (left[index] === right[index]) continue;
    found.push(
      `log line ${index + 1}: recorded ${JSON.stringify(left[index] ?? null)}, got ${JSON.stringify(right[index] ?? null)}`,
    );
  }
  return found;
}
