/**
 * What the engine says would be done, from all that it has printed of an `up` or a `destroy`; undefined as long as its
 * preview is not over. Read from what it prints: its event log begins anew when the preview is over.
 *
 * @example previewLines("Diagnostics:\n  a (b):\n    1 seat is made\n\nResources:\n    + 1 to create\n\nUpdating (demo):\n")
 * // ["a (b):", "  1 seat is made", "", "Resources:", "  + 1 to create"]
 */
export function previewLines(printed: string): string[] | undefined {
  const [preview = "", applied] = printed.split(/^(?:Updating|Destroying) \(.*$/m, 2);
  if (applied === undefined) return undefined;
  const [, said = ""] = /^Diagnostics:\n(.*?)\n\n(?=\S)/ms.exec(preview) ?? [];
  const [counts = ""] = /^Resources:\n.*/ms.exec(preview) ?? [];
  return [
    ...said.split("\n").map((line) => line.slice(2)),
    "",
    ...counts.trimEnd().replaceAll(/^ {4}/gm, "  ").split("\n"),
  ];
}
