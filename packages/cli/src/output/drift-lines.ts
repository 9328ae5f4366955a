import { acceptedField, type DocumentDrift, type Drift, seatOf } from "@coppice/engine";
import { shellWord } from "./shell-word.ts";
import { table } from "./table.ts";

/** What moves within what is declared is no drift, and what is ignored counts as none. */
export function driftResult(found: readonly DocumentDrift[]): "none" | "drifted" | "unknown" {
  if (found.some(({ refusals }) => refusals.length > 0)) return "unknown";
  return found.some(({ drifts }) => drifts.some(counts)) ? "drifted" : "none";
}

/** Says in what one document's things differ from what was applied, and which answers there are. */
export function driftLines(document: DocumentDrift, paths: readonly string[]): string[] {
  const { kind, name, cluster, isThere, drifts, refusals } = document;
  const head = `${kind} ${name} on ${cluster}`;
  if (refusals.length > 0)
    return [`${head} could not be read:`, ...refusals.map(({ message }) => `  ${message}`)];
  if (!isThere) return [`${head} has not been made yet`];
  if (drifts.length === 0) return [`${head} is as it was applied`];
  const rows = drifts.map((drift) => [
    drift.ignored === undefined ? drift.drift : "ignored",
    `${seatOf(drift)}.${drift.field}`,
    String(drift.vmid ?? ""),
    drift.node ?? "",
    `${drift.what}${ignoredWords(drift)}`,
  ]);
  const lines = table(["DRIFT", "SEAT AND FIELD", "VMID", "NODE", ""], rows).map((line) => `  ${line}`);
  if (!drifts.some(counts)) return [`${head} is as it was applied, but for what may differ:`, ...lines];
  return [`${head} differs from what was applied:`, ...lines, ...answers(document, paths)];
}

function counts({ drift, ignored }: Drift): boolean {
  return drift !== "in-range" && ignored === undefined;
}

function ignoredWords({ ignored }: Drift): string {
  return ignored === undefined ? "" : ` (until ${ignored.until}, says ${ignored.who})`;
}

/** The ways on, as they are typed. */
function answers(document: DocumentDrift, paths: readonly string[]): string[] {
  const open = document.drifts.filter(counts);
  const [first] = open;
  if (first === undefined) return [];
  const command = `coppice drift ${paths.map(shellWord).join(" ")}`;
  const isMended = open.some(({ drift }) => drift !== "foreign");
  const said = open.find((drift) => "value" in acceptedField({ document, drift }));
  const name = (drift: Drift) => shellWord(`${seatOf(drift)}.${drift.field}`);
  return [
    ...(isMended ? [`  ${command} --repair brings back what was applied`] : []),
    ...(said ? [`  ${command} --accept ${name(said)} declares what is there`] : []),
    `  ${command} --ignore ${name(first)} --until <day> lets it count as none until then`,
  ];
}
