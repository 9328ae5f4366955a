import { type DriftedSetting, driftedSettings, isList, type JsonValue } from "@coppice/core";
import type { Refusal, SeatChange } from "../changes/change-verdict.ts";
import { OwnerFinder } from "../changes/owner-finder.ts";
import { type Description, documentKey } from "../documents/description.ts";
import { type IgnoredDrift, isSameDrift, standing } from "../ignored/ignored-drift.ts";
import { readIgnored } from "../ignored/ignored-file.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { changedByHand } from "./changed-by-hand.ts";
import { type Drift, seatOf } from "./drift.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { planStack, type StackPlan, stackShares } from "./stack-plan.ts";
import { runStack, type StackResult } from "./stack-run.ts";

/** The drift of one document. */
export interface DocumentDrift {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
  /** False where the stack has nothing of it: it was never applied. */
  readonly isThere: boolean;
  /** The seats that it has. */
  readonly seats: readonly string[];
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
    // What was applied is compared, not what a file says by now.
    const documents = plan.declared.filter((each) =>
      targets.some((target) => documentKey(target) === documentKey(each)),
    );
    const step = { verb: "refresh", documents, targets, isTrial: true } as const;
    const result = targets.length === 0 ? undefined : await runStack(parts, { plan, order, step }, talk);
    const ignored = await readIgnored(parts.home, share);
    found.push(...driftOf(plan, { result, ignored: standing(ignored, Date.now()) }));
  }
  return found;
}

interface Found {
  readonly result: StackResult | undefined;
  readonly ignored: readonly IgnoredDrift[];
}

function driftOf(
  { given, declared, recorded, cluster }: StackPlan,
  { result, ignored }: Found,
): DocumentDrift[] {
  const events = result?.events ?? [];
  const owners = new OwnerFinder(events);
  const there = new Map(recorded.map((each) => [documentKey(each), Object.keys(each.seats)]));
  const applied = new Map(declared.map((each) => [documentKey(each), each]));
  const changes = new Map(result?.verdict.documents.map((each) => [documentKey(each), each]));
  return given.map((document) => {
    const { kind, name } = document;
    const key = documentKey(document);
    const { seats = [], refusals = [] } = changes.get(key) ?? {};
    const own = applied.get(key);
    const foreign = events.flatMap((event) => {
      const owner = event.kind === "verdict" ? owners.ownerOf(event.urn) : undefined;
      return event.kind === "verdict" && owner && documentKey(owner) === key ? event.verdict.foreign : [];
    });
    return {
      kind,
      name,
      cluster,
      isThere: there.has(key),
      seats: there.get(key) ?? [],
      drifts: [
        ...seats.flatMap((seat) => seatDrifts(seat, own?.inputs["nodes"])),
        ...(own === undefined ? [] : changedByHand(own, events)),
        ...foreign.map(
          (machine) => ({ drift: "foreign", field: "machine", ...machine, what: FOREIGN }) as const,
        ),
      ].map((drift) => withIgnored(drift, document, ignored)),
      refusals: [...refusals, ...(result?.verdict.refusals ?? [])],
    };
  });
}

function withIgnored(
  drift: Drift,
  { kind, name }: Pick<Description, "kind" | "name">,
  all: readonly IgnoredDrift[],
): Drift {
  const about = { kind, name, seat: seatOf(drift), field: drift.field };
  const found = all.find((each) => isSameDrift(each, about) && each.what === drift.what);
  if (found === undefined) return drift;
  const { until, who, when } = found;
  return { ...drift, ignored: { until, who, when } };
}

const FOREIGN = "a machine that is not of the class has a number of its range";

/** Names and tags are for people. */
const BENIGN: ReadonlySet<DriftedSetting> = new Set<DriftedSetting>(["name", "tags"]);

function seatDrifts(
  { name, vmid, node, change, drift, movedFrom }: SeatChange,
  nodes: JsonValue | undefined,
): Drift[] {
  const place = { seat: name, vmid, node };
  const settings = (drift ?? []).map(({ setting, is, declared, value }): Drift => {
    const what = `${setting} ${driftedSettings[setting]} ${is}, declared ${declared}`;
    const said = { field: setting, ...place, what, ...(value !== undefined && { value }) };
    return { drift: BENIGN.has(setting) ? "benign" : "dangerous", ...said };
  });
  const isAllowed = !isList(nodes) || nodes.includes(node);
  const moved: Drift[] =
    movedFrom === undefined
      ? []
      : [
          {
            drift: isAllowed ? "in-range" : "benign",
            field: "node",
            ...place,
            what: `moved here from ${movedFrom}`,
          },
        ];
  const gone: Drift[] =
    change === "gone"
      ? [{ drift: "gone", field: "machine", ...place, what: "its machine is gone, with its disks" }]
      : [];
  return [...gone, ...settings, ...moved];
}
