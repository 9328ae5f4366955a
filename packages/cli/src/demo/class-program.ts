/** What the demo's program asks for; it grows from step to step. */
export interface ClassWish {
  readonly seats: number;
  /** Further lines of the class's arguments. */
  readonly more?: readonly string[];
}

/**
 * The program that the demo deploys: what an engineer would write.
 *
 * @example classProgram({ seats: 25 })
 */
export function classProgram({ seats, more = [] }: ClassWish): string {
  return [
    'import { LabClass } from "@coppice/components";',
    "",
    'const lab = new LabClass("networks-101", {',
    '  cluster: "main",',
    "  template: { vmid: 9000 },",
    `  seats: ${seats},`,
    "  teacher: true,",
    '  hardware: { cores: 2, memory: "2GiB" },',
    '  storage: "nas",',
    "  vmids: { from: 20000, to: 20999 },",
    '  cloudInit: { user: "student" },',
    ...more.map((line) => `  ${line}`),
    "});",
    "",
    "export const seats = lab.seats;",
    "export const teacher = lab.teacher;",
    "",
  ].join("\n");
}

/** The lines that a new program has and the former had not. */
export function addedLines(before: string, after: string): string[] {
  const known = new Set(before.split("\n"));
  return after.split("\n").filter((line) => !known.has(line));
}
