import type { DocumentDrift } from "@coppice/engine";
import { documentMistakesText } from "@coppice/spec";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { withDocumentWork } from "./document-work.ts";
import { exitCodes } from "./exit-codes.ts";
import { findDocumentFiles } from "./find-document-files.ts";
import { printLines } from "./print.ts";
import { readGiven, readSources } from "./read-given.ts";

/** Prints in what documents' things differ from what was applied. The exit code is the answer: 2 where they do. */
export async function driftGiven(
  paths: readonly string[],
  { json = false }: { readonly json?: boolean },
): Promise<number> {
  const sources = await readSources(await findDocumentFiles(paths));
  const { documents, mistakes, clusters } = await readGiven(sources, process.env);
  if (mistakes.length > 0) {
    if (json) process.stdout.write(jsonText("drift", { result: "unknown", mistakes, documents: [] }));
    else printLines([documentMistakesText(mistakes)]);
    return exitCodes.unknown;
  }
  return await withDocumentWork(clusters, async ({ parts, talk, screen, environment, who }) => {
    const { findDrift } = await import("@coppice/engine");
    const found = await findDrift(parts, { documents, clusters, environment, message: "", who }, talk);
    screen.end();
    const result = driftResult(found);
    if (json) process.stdout.write(jsonText("drift", { result, mistakes: [], documents: found }));
    else printLines(found.flatMap(driftLines));
    return { none: exitCodes.applied, drifted: exitCodes.refused, unknown: exitCodes.unknown }[result];
  });
}

/** What moves within what is declared is no drift. */
function driftResult(found: readonly DocumentDrift[]): "none" | "drifted" | "unknown" {
  if (found.some(({ refusals }) => refusals.length > 0)) return "unknown";
  return found.some(({ drifts }) => drifts.some(({ drift }) => drift !== "in-range")) ? "drifted" : "none";
}

function driftLines({ kind, name, cluster, isThere, drifts, refusals }: DocumentDrift): string[] {
  const head = `${kind} ${name} on ${cluster}`;
  if (refusals.length > 0)
    return [`${head} could not be read:`, ...refusals.map(({ message }) => `  ${message}`)];
  if (!isThere) return [`${head} has not been made yet`];
  if (drifts.length === 0) return [`${head} is as it was applied`];
  const rows = drifts.map(({ drift, seat = "-", vmid, node, what }) => [
    drift,
    seat,
    String(vmid),
    node,
    what,
  ]);
  const lines = table(["DRIFT", "SEAT", "VMID", "NODE", ""], rows);
  const isMended = drifts.some(({ drift }) => drift !== "foreign" && drift !== "in-range");
  const hint = isMended ? ["  coppice up --refresh brings back what is declared"] : [];
  return [`${head} differs from what was applied:`, ...lines.map((line) => `  ${line}`), ...hint];
}
