import { type DriftedSetting, driftedSettings, isList, type JsonValue } from "@coppice/core";
import type { Refusal, SeatChange } from "../changes/change-verdict.ts";
import { OwnerFinder } from "../changes/owner-finder.ts";
import { documentKey } from "../documents/description.ts";
import type { EngineEvent } from "../events/engine-event.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { planStack, type StackPlan, stackShares } from "./stack-plan.ts";
import { runStack, type StackResult } from "./stack-run.ts";

/**
 * How much a difference matters: `in-range` is within what is declared, `benign` changes nothing for whoever uses the
 * machine, `dangerous` does, `foreign` is somebody else's machine on a number of the class, `gone` is a machine that is not
 * there any more.
 */
export type DriftKind = "in-range" | "benign" | "dangerous" | "foreign" | "gone";

/** One difference between what is declared and what is there. */
export interface Drift {
  readonly drift: DriftKind;
  /** Absent for a machine that is nobody's seat. */
  readonly seat?: string;
  readonly vmid: number;
  readonly node: string;
  /** What it is, in words. */
  readonly what: string;
}

/** The drift of one document. */
export interface DocumentDrift {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
  /** False where the stack has nothing of it: it was never applied. */
  readonly isThere: boolean;
  readonly drifts: readonly Drift[];
  readonly refusals: readonly Refusal[];
}

/** Compares what was applied with what is there, seat by seat; changes nothing, in the state neither. */
export async function findDrift(
  parts: OperationParts,
  order: DocumentsOrder,
  talk: RunTalk,
): Promise<DocumentDrift[]> {
  const found: DocumentDrift[] = [];
  for (const share of stackShares(order.documents)) {
    const plan = await planStack({ ...parts, guestsOf: () => Promise.resolve([]) }, share);
    const there = new Set(plan.recorded.map(documentKey));
    const targets = plan.given.filter((each) => there.has(documentKey(each)));
    const events: EngineEvent[] = [];
    const tell = (event: EngineEvent): void => {
      events.push(event);
      talk.tell(event);
    };
    // What was applied is compared, not what a file says by now.
    const documents = plan.declared.filter((each) =>
      targets.some((target) => documentKey(target) === documentKey(each)),
    );
    const step = { verb: "refresh", documents, targets, isTrial: true } as const;
    const result =
      targets.length === 0 ? undefined : await runStack(parts, { plan, order, step }, { ...talk, tell });
    found.push(...driftOf(plan, { result, events, there }));
  }
  return found;
}

interface Found {
  readonly result: StackResult | undefined;
  readonly events: readonly EngineEvent[];
  readonly there: ReadonlySet<string>;
}

function driftOf({ given, declared, cluster }: StackPlan, { result, events, there }: Found): DocumentDrift[] {
  const owners = new OwnerFinder(events);
  const inputs = new Map(declared.map((each) => [documentKey(each), each.inputs]));
  const changes = new Map(result?.verdict.documents.map((each) => [documentKey(each), each]));
  return given.map((document) => {
    const { kind, name } = document;
    const key = documentKey(document);
    const { seats = [], refusals = [] } = changes.get(key) ?? {};
    const foreign = events.flatMap((event) => {
      const owner = event.kind === "verdict" ? owners.ownerOf(event.urn) : undefined;
      return event.kind === "verdict" && owner && documentKey(owner) === key ? event.verdict.foreign : [];
    });
    return {
      kind,
      name,
      cluster,
      isThere: there.has(key),
      drifts: [
        ...seats.flatMap((seat) => seatDrifts(seat, inputs.get(key)?.["nodes"])),
        ...foreign.map((machine) => ({ drift: "foreign", ...machine, what: FOREIGN }) as const),
      ],
      refusals: [...refusals, ...(result?.verdict.refusals ?? [])],
    };
  });
}

const FOREIGN = "a machine that is not of the class has a number of its range";

/** Names and tags are for people. */
const BENIGN: ReadonlySet<DriftedSetting> = new Set<DriftedSetting>(["name", "tags"]);

function seatDrifts(
  { name, vmid, node, change, drift, movedFrom }: SeatChange,
  nodes: JsonValue | undefined,
): Drift[] {
  const place = { seat: name, vmid, node };
  const settings = (drift ?? []).map(({ setting, is, declared }): Drift => {
    const what = `${setting} ${driftedSettings[setting]} ${is}, declared ${declared}`;
    return { drift: BENIGN.has(setting) ? "benign" : "dangerous", ...place, what };
  });
  const isAllowed = !isList(nodes) || nodes.includes(node);
  const moved: Drift[] =
    movedFrom === undefined
      ? []
      : [{ drift: isAllowed ? "in-range" : "benign", ...place, what: `moved here from ${movedFrom}` }];
  const gone: Drift[] =
    change === "gone" ? [{ drift: "gone", ...place, what: "its machine is gone, with its disks" }] : [];
  return [...gone, ...settings, ...moved];
}
