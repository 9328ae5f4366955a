import type { RiskVerdict, StackVerdict } from "@coppice/engine";
import type { DocumentWork } from "./document-work.ts";

/** Tells what a preview risks. */
export async function riskOf(
  { parts, talk }: Pick<DocumentWork, "parts" | "talk">,
  stacks: readonly StackVerdict[],
): Promise<RiskVerdict> {
  const { judgeRisk, readRiskWorld } = await import("@coppice/engine");
  return judgeRisk(stacks, await readRiskWorld(parts, stacks, talk.signal));
}
