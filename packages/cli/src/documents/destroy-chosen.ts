import type { StackVerdict } from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText, stacksJson } from "../output/change-json.ts";
import { changeLines, changeSummary } from "../output/change-lines.ts";
import { riskLines } from "../output/risk-lines.ts";
import { type ApplyOptions, isAgreed } from "./apply-given.ts";
import { chosenDocuments } from "./chosen-documents.ts";
import { withDocumentWork } from "./document-work.ts";
import { exitCodes } from "./exit-codes.ts";
import { removalsOf } from "./find-removals.ts";
import { printLines } from "./print.ts";

/** Shows what there is of documents, asks, and removes it. The exit code is the answer. */
export async function destroyChosen(
  words: readonly string[],
  options: ApplyOptions & { readonly cluster?: string },
): Promise<number> {
  const { json = false, cluster, message = `coppice destroy ${words.join(" ")}` } = options;
  const { named, clusters } = await chosenDocuments(await openEngineOptions(process.env), words, cluster);
  return await withDocumentWork(clusters, async ({ parts, talk, screen, environment, who }) => {
    const { destroyDocuments, judgeRisk, previewRemoval, previewResult, readRiskWorld, settleUnsettled } =
      await import("@coppice/engine");
    const removals = removalsOf(named);
    const order = { clusters, environment, message, who };
    const preview = await previewRemoval(parts, { order, removals }, talk);
    const risk = judgeRisk(preview, await readRiskWorld(parts, preview, talk.signal));
    screen.end();
    const refusal = previewResult(preview);
    const notes = refusal === "would-apply" ? [] : [NOTHING[refusal]];
    const summary = ["", changeSummary(preview, "planned"), ...riskLines(risk), ...notes];
    if (!json) printLines([...changeLines(preview, "planned"), ...summary]);
    const tell = (result: string, removed: readonly StackVerdict[], code: number): number => {
      const fields = {
        result,
        preview: stacksJson(preview),
        verdicts: { risk },
        removed: stacksJson(removed),
      };
      if (json) process.stdout.write(jsonText("destroy", fields));
      return code;
    };
    if (talk.signal.aborted) return tell("cancelled", [], exitCodes.cancelled);
    // What cannot be read cannot be shown, and nobody should agree to that.
    if (refusal !== "would-apply") return tell(refusal, [], exitCodes[refusal]);
    if (!hasWork(preview)) {
      await settleUnsettled(parts, { stacks: removals, order }, talk);
      return tell("nothing-to-do", [], exitCodes.applied);
    }
    if (!(await isAgreed(options, talk.signal, "Remove this for ever?")))
      return tell("declined", [], exitCodes.unknown);
    const removed = await destroyDocuments(parts, { order, removals, previewed: preview }, talk);
    screen.end();
    if (!json) printLines([...changeLines(removed, "done"), "", changeSummary(removed, "done")]);
    if (talk.signal.aborted) return tell("cancelled", removed, exitCodes.cancelled);
    const isWhole = previewResult(removed) === "would-apply";
    return isWhole ? tell("removed", removed, exitCodes.applied) : tell("failed", removed, exitCodes.unknown);
  });
}

const NOTHING = {
  refused: "Nothing is removed, since not all of it may go.",
  unknown: "Nothing is removed, since not all that would go with it could be read.",
} as const;

function hasWork(stacks: readonly StackVerdict[]): boolean {
  return stacks.some(({ verdict }) => verdict.documents.some(({ change }) => change === "delete"));
}
