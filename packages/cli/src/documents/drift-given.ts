import { CoppiceError } from "@coppice/core";
import type { DocumentDrift } from "@coppice/engine";
import { documentMistakesText } from "@coppice/spec";
import { jsonText } from "../output/change-json.ts";
import { driftLines, driftResult } from "../output/drift-lines.ts";
import {
  acceptDrift,
  type DriftAnswering,
  type DriftOptions,
  ignoreFound,
  repairDrift,
} from "./answer-drift.ts";
import { withDocumentWork } from "./document-work.ts";
import { exitCodes } from "./exit-codes.ts";
import { findDocumentFiles } from "./find-document-files.ts";
import { printLines } from "./print.ts";
import { readGiven, readSources } from "./read-given.ts";

/** Prints in what documents' things differ from what was applied, or answers it. The exit code is the answer. */
export async function driftGiven(paths: readonly string[], options: DriftOptions): Promise<number> {
  const { json = false } = options;
  const { assertFuture, findDrift } = await import("@coppice/engine");
  if (options.ignore !== undefined) assertFuture(options.until ?? "", Date.now());
  else if (options.until !== undefined) throw untilAlone(options.until);
  const sources = await readSources(await findDocumentFiles(paths));
  const { documents, mistakes, clusters } = await readGiven(sources, process.env);
  if (mistakes.length > 0) {
    if (json) process.stdout.write(jsonText("drift", { result: "unknown", mistakes, documents: [] }));
    else printLines([documentMistakesText(mistakes)]);
    return exitCodes.unknown;
  }
  return await withDocumentWork(clusters, async (at) => {
    const { environment, who } = at;
    const { message = `coppice drift ${paths.join(" ")}` } = options;
    const order = { documents, clusters, environment, message, who };
    const found = await findDrift(at.parts, order, at.talk);
    at.screen.end();
    const answering: DriftAnswering = { found, order, sources, at, options };
    return (await answer(answering)) ?? tell(found, options, paths);
  });
}

/** What cannot be read cannot be answered either. */
async function answer(answering: DriftAnswering): Promise<number | undefined> {
  const { found, options } = answering;
  if (driftResult(found) === "unknown") return undefined;
  if (options.repair === true) return await repairDrift(answering);
  if (options.accept !== undefined) return await acceptDrift(answering, options.accept);
  if (options.ignore !== undefined) return await ignoreFound(answering, options.ignore);
  return undefined;
}

function tell(
  found: readonly DocumentDrift[],
  { json = false }: DriftOptions,
  paths: readonly string[],
): number {
  const result = driftResult(found);
  if (json) process.stdout.write(jsonText("drift", { result, mistakes: [], documents: found }));
  else printLines(found.flatMap((each) => driftLines(each, paths)));
  return { none: exitCodes.applied, drifted: exitCodes.refused, unknown: exitCodes.unknown }[result];
}

function untilAlone(until: string): CoppiceError {
  return new CoppiceError("drift.until", {
    what: `Nothing is ignored until '${until}'`,
    why: "no drift is named",
    wayOut: "Name one by --ignore <seat>.<field>",
  });
}
