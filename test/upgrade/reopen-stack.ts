import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";
import type { ClassStack } from "../e2e/class/class-stack.ts";
import { declare, openStack } from "./recorded-program.ts";
import type { Recording } from "./recording.ts";
import { fillState } from "./scrub-state.ts";

/** A recorded stack in a fresh project on the restored cluster: the program that it had, and the state that it wrote. */
export async function reopenStack(emulator: Emulator, recording: Recording): Promise<ClassStack> {
  const stack = await openStack(emulator, recording.door);
  declare(stack, recording.declared);
  const file = join(stack.folder, "recorded-state.json");
  writeFileSync(file, fillState(recording.state, stack.clusters));
  await stack.printedBy("stack", "import", "--file", file);
  return stack;
}
