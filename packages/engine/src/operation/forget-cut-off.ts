import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { documentKey } from "../documents/description.ts";
import { makeRunFolder } from "../run/run-folders.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { askEngine } from "../stack/ask-engine.ts";
import type { StackPlan } from "./stack-plan.ts";

/**
 * Has the engine forget that it was killed while it made something, once a run has brought that to its end. Left to itself it
 * asks at every later run for a person who looks what became of it, and knows no end of it (`pkg/backend/snapshot.go`). An
 * import keeps all else of a state. For whoever has the stack's lease.
 */
export async function forgetCutOff(
  options: EngineOptions,
  { recorded, isPending, project, stack }: StackPlan,
  { documents }: ChangeVerdict,
): Promise<void> {
  const done = new Set(documents.filter(isDone).map(documentKey));
  const isOpen = recorded.some((each) => each.isPending === true && !done.has(documentKey(each)));
  // What is of no document, such as the provider, any run has brought to its end.
  if (!isPending || isOpen || done.size === 0) return;
  const own = ["--stack", `organization/${project}/${stack}`];
  const state = await askEngine(options, ["stack", "export", ...own]);
  const folder = await makeRunFolder(join(options.home.folder, "runs"), "import");
  try {
    const file = join(folder, "state.json");
    await writeFile(file, state, { mode: 0o600 });
    await askEngine(options, ["stack", "import", "--file", file, ...own]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isDone({ change, refusals }: ChangeVerdict["documents"][number]): boolean {
  return change !== "open" && refusals.length === 0;
}
