import type { GenerationCopy } from "@coppice/core";
import type { RunRequest } from "../class-run/class-run.ts";

/** The templates that linked clones of the class are made from. */
export function sourcesOf({ inputs, recorded }: Pick<RunRequest, "inputs" | "recorded">): GenerationCopy[] {
  return [inputs.base, recorded?.base].flatMap((base) => Object.values(base?.copies ?? {}));
}
