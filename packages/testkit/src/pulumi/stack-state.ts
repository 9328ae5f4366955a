import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A stack's state; only what tests look at. */
export interface StackState {
  readonly resources?: readonly RecordedResource[];
  readonly pending_operations?: readonly { readonly type: string }[];
}

/** One resource of a state. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

/** Reads the stack `test` of the one project that keeps its state in a folder. */
export async function readStackState(folder: string): Promise<StackState> {
  const stacks = join(folder, ".pulumi", "stacks");
  const [project = ""] = await readdir(stacks);
  // The engine's own format (sdk/go/common/apitype, CheckpointV3), of which the type is an excerpt.
  const kept = JSON.parse(await readFile(join(stacks, project, "test.json"), "utf8")) as {
    checkpoint: { latest?: StackState };
  };
  return kept.checkpoint.latest ?? {};
}
