import { isDeepStrictEqual } from "node:util";
import { CoppiceError, isProperties, type OverlayPoolState, type Properties } from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import { seatsIn, withOrders } from "../documents/seat-orders.ts";
import type { StackVersion } from "../history/history-entry.ts";
import { generationIn, undoGeneration } from "./undo-generation.ts";
import type { UndoLoss } from "./undo-loss.ts";
import { lossesOf, removedSeats } from "./undo-losses.ts";
import { renewedSince, resetSince, undoOrders } from "./undo-orders.ts";

/** What an undo goes by. */
export interface UndoRequest {
  /** The versions of the stack, see `readHistory`. */
  readonly versions: readonly StackVersion[];
  /** The version to go back to. */
  readonly number: number;
  /** The machines that there are, by the name of their document: the recorded state of its pool of seats. */
  readonly pools: Readonly<Record<string, OverlayPoolState>>;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** What to preview and apply to go back to a version. */
export interface UndoPlan {
  readonly version: StackVersion;
  readonly documents: readonly Description[];
  /** What does not come back by it. */
  readonly losses: readonly UndoLoss[];
}

/**
 * Plans the way back to a version: what it declared, as a new description to preview. What was ordered once is not ordered
 * again, and what cannot come back is said. Nothing is done by it.
 *
 * @throws CoppiceError `stack.no-version`
 */
export function planUndo({ versions, number, pools, now }: UndoRequest): UndoPlan {
  const version = versions.find((each) => each.number === number);
  const wanted = version?.documents;
  if (version === undefined || wanted === undefined) throw noVersion(versions, number);
  const declared = versions.findLast(({ documents }) => documents !== undefined)?.documents ?? [];
  const today = new Map(declared.map((document) => [documentKey(document), document]));
  const since = versions.filter((each) => each.number > number).flatMap((each) => each.documents ?? []);
  const parts = wanted.map((document) => {
    const key = documentKey(document);
    const later = since.filter((each) => documentKey(each) === key);
    return undoDocument({ wanted: document, declared: today.get(key), later }, { pools, now });
  });
  const kept = new Set(wanted.map(documentKey));
  const gone = declared.filter((document) => !kept.has(documentKey(document)));
  return {
    version,
    documents: parts.map(({ document }) => document),
    losses: [
      ...parts.flatMap(({ losses }) => losses),
      ...gone.flatMap(({ name, inputs }) => removedSeats(name, seatsThere(pools[name], inputs))),
    ],
  };
}

/** One document through the versions. */
interface DocumentPast {
  readonly wanted: Description;
  /** As it is declared now. */
  readonly declared: Description | undefined;
  /** As it was declared since the wanted version, oldest first. */
  readonly later: readonly Description[];
}

function undoDocument(
  { wanted, declared, later }: DocumentPast,
  { pools, now }: Pick<UndoRequest, "pools" | "now">,
): { readonly document: Description; readonly losses: readonly UndoLoss[] } {
  const { kind, name } = wanted;
  const pool = pools[name];
  // Where no machine is left, everything begins anew.
  const current = pool === undefined ? {} : (declared?.inputs ?? {});
  const { kept, dropped } = undoOrders(current, pool);
  const { inputs, stays } = undoGeneration(kind, wanted.inputs, current);
  const ordered = resetSince(
    wanted.inputs,
    pool,
    later.map((each) => each.inputs),
  );
  const document = { kind, name, inputs: withOrders(inputs, kept) };
  const losses = lossesOf({
    name,
    now,
    pool,
    there: seatsThere(pool, current),
    seats: [...seatsIn(inputs), ...teacherIn(inputs)],
    dropped,
    reset: [...new Set([...ordered, ...renewedSince(generationIn(kind, wanted.inputs), pool)])],
    stays,
    hasOtherDataDisks:
      current["dataDisk"] !== undefined && !isDeepStrictEqual(current["dataDisk"], inputs["dataDisk"]),
    isRepublished:
      pool === undefined && isProperties(inputs["publish"]) && inputs["publish"]["from"] === "teacher",
  });
  return { document, losses };
}

/** The seats that have machines. Where no pool of them is left, nothing is. */
function seatsThere(pool: OverlayPoolState | undefined, declared: Properties): string[] {
  return pool === undefined ? [] : [...Object.keys(pool.seats), ...teacherIn(declared)];
}

/** The teacher's machine has a pool of its own, whose only seat has this name. */
function teacherIn({ teacher }: Properties): string[] {
  return teacher === true ? ["teacher"] : [];
}

function noVersion(versions: readonly StackVersion[], number: number): CoppiceError {
  const known = versions.filter(({ documents }) => documents !== undefined).map((each) => each.number);
  const isThere = versions.some((version) => version.number === number);
  return new CoppiceError("stack.no-version", {
    what: `The stack cannot go back to version ${number}`,
    why: isThere ? "it does not say what was declared" : "there is no such version",
    wayOut:
      known.length > 0 ? `Choose one of ${known.join(", ")}` : "No version of it says what was declared",
  });
}
