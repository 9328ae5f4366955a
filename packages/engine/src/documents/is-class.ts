const CLASSES: ReadonlySet<string> = new Set(["LabClass", "OverlayVmPool"]);

/** Whether documents of a kind make machines in numbers of their own, which are chosen where they name none. */
export function isClass(kind: string): boolean {
  return CLASSES.has(kind);
}
