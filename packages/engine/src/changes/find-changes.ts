import { documentDemand } from "../demand/document-demand.ts";
import { plannedCopies } from "../demand/planned-copies.ts";
import { documentKey } from "../documents/description.ts";
import type { DocumentName } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";
import type { RunFailure, RunOutcome } from "../run/run-outcome.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import type { ChangeVerdict, DocumentVerdict, Refusal } from "./change-verdict.ts";
import { isDoneWith } from "./is-done-with.ts";
import { isRefusal } from "./is-refusal.ts";
import { OwnerFinder } from "./owner-finder.ts";
import { seatChanges, type WrittenBytes } from "./seat-changes.ts";

/** A run that is over. */
export interface FinishedRun {
  readonly events: readonly EngineEvent[];
  readonly outcome: Pick<RunOutcome, "result" | "failures">;
  /** What the run was about, in the order in which people read of it. */
  readonly documents: readonly DocumentName[];
  /** What the stack had before. */
  readonly recorded?: readonly RecordedDocument[];
  /** What is known of the disks of machines that the run removes. */
  readonly written?: WrittenBytes;
}

/**
 * Tells what a run came to, document by document and seat by seat.
 *
 * @example
 * const outcome = await engine.run(order, { tell: (event) => events.push(event), signal });
 * const { documents } = findChanges({ events, outcome, documents: order.documents });
 */
export function findChanges({
  events,
  outcome,
  documents,
  recorded = [],
  written,
}: FinishedRun): ChangeVerdict {
  const owners = new OwnerFinder(events);
  const about = Map.groupBy(events, (event) => keyOf(ownerOf(owners, event)));
  const before = new Map(recorded.map((each) => [documentKey(each), each]));
  const failed = Map.groupBy(outcome.failures, ({ urn }) =>
    keyOf(urn === undefined ? undefined : owners.ownerOf(urn)),
  );
  return {
    documents: documents.map((document) => {
      const key = keyOf(document);
      const own = {
        events: about.get(key) ?? [],
        failed: failed.get(key),
        recorded: before.get(documentKey(document)),
      };
      return documentChange(document, { ...own, result: outcome.result, written });
    }),
    refusals: (failed.get(undefined) ?? []).map(refusalOf),
    warnings: wordsOf(about.get(undefined) ?? [], "warning").filter(concernsPeople),
  };
}

/** Whoever runs us by npm has our plugin on PATH. The engine warns of it, though it uses the one that is attached. */
const isFoundOnPath = /^using pulumi-resource-coppice from \$PATH/;

/** Of an engine that was killed. What it made, the next run finds by itself, and says so of each seat. */
const isCutOff = /^Attempting to deploy or update resources with \d+ pending operations/;

function concernsPeople(warning: string): boolean {
  return !isFoundOnPath.test(warning) && !isCutOff.test(warning);
}

function ownerOf(owners: OwnerFinder, event: EngineEvent): DocumentName | undefined {
  return event.kind === "summary" || event.urn === undefined ? undefined : owners.ownerOf(event.urn);
}

function keyOf(document: DocumentName | undefined): string | undefined {
  return document === undefined ? undefined : `${document.kind} ${document.name}`;
}

interface About {
  readonly events: readonly EngineEvent[];
  readonly failed: readonly RunFailure[] | undefined;
  readonly recorded: RecordedDocument | undefined;
  readonly result: RunOutcome["result"];
  readonly written: WrittenBytes | undefined;
}

function documentChange(
  { kind, name }: DocumentName,
  { events, failed = [], recorded, result, written }: About,
): DocumentVerdict {
  const resources = countedOps(events);
  const refusals = eachOnce(failed.map(partRefusal));
  const isDone =
    result === "succeeded" || (result === "cancelled" && isDoneWith({ kind, name }, events, recorded));
  const ended = isDone ? changeOf(events, resources) : "open";
  const { seats, losses, demands, words: lost } = seatChanges(events, written);
  const copies = plannedCopies(events);
  // Who stops a run is refused nothing.
  const isStopped = result === "cancelled" && failed.every(({ code }) => code === "provider.interrupted");
  const failure = isStopped ? "open" : refusals.every(isRefusal) ? "refused" : "unknown";
  return {
    kind,
    name,
    change: refusals.length > 0 ? failure : ended,
    resources,
    seats,
    losses,
    demand: documentDemand(events, recorded),
    ...(demands.length > 0 && { seatDemands: demands }),
    ...(copies.length > 0 && { copies }),
    words: wordsOf(events, "info"),
    // What is lost is said last: the question follows.
    warnings: [...wordsOf(events, "warning"), ...lost],
    refusals,
  };
}

/** What stays as it is, or is only read, is no change. */
const QUIET: ReadonlySet<string> = new Set(["same", "refresh", "read"]);

function countedOps(events: readonly EngineEvent[]): Record<string, number> {
  const ops: Record<string, number> = {};
  for (const event of events) {
    if (event.kind !== "step" || event.phase !== "begun" || QUIET.has(event.op)) continue;
    ops[event.op] = (ops[event.op] ?? 0) + 1;
  }
  return ops;
}

/** As the thing itself fares, which stands directly below the stack; what it is made of may change below it. */
function changeOf(
  events: readonly EngineEvent[],
  resources: Readonly<Record<string, number>>,
): DocumentVerdict["change"] {
  if (Object.keys(resources).length === 0) return "same";
  const own = events.find((event) => event.kind === "step" && event.phase === "begun");
  const ops = new Set(Object.keys(resources));
  if (own?.kind === "step" && own.op === "create" && ops.size === 1) return "create";
  return ops.size === 1 && ops.has("delete") ? "delete" : "update";
}

function wordsOf(events: readonly EngineEvent[], severity: "info" | "warning"): string[] {
  return events.flatMap((event) =>
    event.kind === "diagnostic" && event.severity === severity && !event.isEphemeral ? [event.text] : [],
  );
}

/** What a part of a thing cannot do, the thing itself often says again. */
function eachOnce(refusals: readonly Refusal[]): Refusal[] {
  return refusals.filter(
    ({ message }, index) => !refusals.slice(0, index).some((former) => former.message.includes(message)),
  );
}

function refusalOf({ message, code }: RunFailure): Refusal {
  return { message: message.replace(isEngines, ""), ...(code !== undefined && { code }) };
}

/** The engine says so before every failure in a preview; the verdict says it otherwise. */
const isEngines = /^Preview failed: /;

/** Of a part: with a code the sentence is ours, and it stands with its document. */
function partRefusal(failure: RunFailure): Refusal {
  const { message, ...others } = refusalOf(failure);
  return { message: failure.code === undefined ? message : message.replace(isCheck, ""), ...others };
}

/** The engine's words before what `check` refuses (`GetResourceInvalidError`). */
const isCheck = /^\S+ resource '[^']*' has a problem: /;
