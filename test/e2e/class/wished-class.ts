import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClassStack } from "./class-stack.ts";

/** A program of one class that reads its arguments from a file, so that a test can wish for others. */
export const wishedClass = `import { readFileSync } from "node:fs";
import { LabClass } from "@coppice/components";

const lab = new LabClass("lab", {
  template: { vmid: 9000 },
  storage: "nas",
  vmids: { from: 20000, to: 20099 },
  cloudInit: { user: "student", password: process.env.CLASS_PASSWORD },
  ...JSON.parse(readFileSync("class.json", "utf8")),
});
export const seats = lab.seats;
export const teacher = lab.teacher;
`;

/** What a class is given beside what never changes. */
export type Wish = Readonly<Record<string, unknown>>;

/** Writes what the program shall declare. */
export function want({ project }: ClassStack, wish: Wish): void {
  writeFileSync(join(project.path, "class.json"), JSON.stringify(wish));
}
