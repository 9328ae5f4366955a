/** The top-level property that a path begins with. */
export function topLevelName(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
