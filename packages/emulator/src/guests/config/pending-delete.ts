/** Reads `delete: a,!b` of the pending section: option to whether its disk is to be freed (`!`). */
export function parsePendingDelete(text: string): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const item of text.split(/[,;\s]+/)) {
    const match = /^(!?)(\S+)$/.exec(item);
    if (match?.[2] !== undefined) found.set(match[2], match[1] === "!");
  }
  return found;
}

/** Writes the pending deletions in the order of their names. */
export function formatPendingDelete(deletions: ReadonlyMap<string, boolean>): string {
  return [...deletions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, force]) => (force ? `!${key}` : key))
    .join(",");
}
