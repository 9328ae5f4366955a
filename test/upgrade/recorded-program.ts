import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";
import { ClassStack } from "../e2e/class/class-stack.ts";

/** What a recorded stack's program declares, as data. */
export interface Declared {
  readonly component: "LabClass" | "OverlayVmPool";
  /** The component's name; a mark on every machine comes from it. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The program of every recorded stack. */
const program = `import { readFileSync } from "node:fs";
import * as components from "@coppice/components";

const { component, name, args } = JSON.parse(readFileSync("declared.json", "utf8"));
const made = new components[component](name, args);
export const { seats, generation } = made;
`;

/** Recorded secrets can be read with it. */
const env = { PULUMI_CONFIG_PASSPHRASE: "only for recorded states" };

/** A fresh stack with that program. Its project, stack and passphrase are those of every recording, for ever. */
export async function openStack(emulator: Emulator, door: "dynamic" | undefined): Promise<ClassStack> {
  const config = door === undefined ? {} : { "coppice:door": door };
  return await ClassStack.create(emulator, { example: "lab-class", program, config, env });
}

/** Has a stack's program declare something. */
export function declare({ project }: ClassStack, declared: Declared): void {
  writeFileSync(join(project.path, "declared.json"), JSON.stringify(declared));
}
