import {
  assertSees,
  type ObservedCluster,
  type OpenCluster,
  ownershipMark,
  readCluster,
  runSteps,
  type Unfinished,
} from "@coppice/clusters";
import {
  CoppiceError,
  type OverlayPoolInputs,
  type OverlayPoolState,
  type OwnBytes,
  overlayPoolKind,
  type SeatException,
  type SeatPlace,
  type SettingDrift,
} from "@coppice/core";
import { type GuestConfig, type GuestPlace, readGuestConfig } from "@coppice/pve";
import { inputsOf } from "../../kit/inputs-of.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Found } from "../../kit/resource-handler.ts";
import { unfinishedLines } from "../../kit/unfinished-lines.ts";
import { describeFailed } from "./converge/describe-unfinished.ts";
import { type OwnBytesQuestion, ownBytes } from "./disks/own-bytes.ts";
import { driftWords, findDrift, type SeatDrift } from "./plan/find-drift.ts";
import { foundVerdict } from "./plan/found-verdict.ts";
import { inventoryWords } from "./plan/inventory-words.ts";
import { noteGone } from "./plan/note-gone.ts";
import { judgeRecorded } from "./seat/judge-recorded.ts";

/**
 * A class as it is now: seats whose machines are gone are left out and noted as gone, a seat that somebody moved is
 * where it is, and one whose settings somebody changed carries a note that the next run acts on.
 */
export async function readOverlayPool(
  state: OverlayPoolState,
  cluster: OpenCluster,
  context: ResourceContext,
): Promise<Found<OverlayPoolInputs, OverlayPoolState>> {
  const observed = await readCluster(cluster);
  const mark = ownershipMark(context.urn);
  const seats: Record<string, SeatPlace> = {};
  const configs = new Map<string, GuestConfig>();
  const drifts = new Map<string, readonly SettingDrift[]>();
  const exceptions: Record<string, SeatException> = { ...state.exceptions };
  const present = Object.entries(state.seats).filter(([, { vmid }]) => observed.guests.has(vmid));
  await assertSees(cluster.client, {
    of: `class '${state.class}'`,
    vmids: Object.values(state.seats).flatMap(({ vmid }) => (observed.guests.has(vmid) ? [] : [vmid])),
    pool: state.pool,
  });
  const { unfinished } = await runSteps(
    present.map(([seat]) => seat),
    context,
    async (seat) => {
      const recorded = state.seats[seat];
      if (recorded === undefined) return;
      const node = observed.guests.get(recorded.vmid)?.node ?? recorded.node;
      const place = { node, vmid: recorded.vmid };
      const config = await readGuestConfig(cluster.client, place);
      if (judgeRecorded({ inputs: state, mark, seat, recorded }, config) === "foreign") return;
      seats[seat] = { ...recorded, node };
      configs.set(seat, config);
      const drift = await driftOf({ state, mark, seat, config }, () => readRunning(cluster, place, observed));
      const { drift: _, ...rest } = exceptions[seat] ?? {};
      exceptions[seat] = drift.length === 0 ? rest : { ...rest, drift: driftWords(drift) };
      drifts.set(seat, drift);
    },
    { verb: "read", inFlight: 4 },
  );
  if (unfinished.length > 0) throw unreadable(state, observed, unfinished);
  const gone = new Set(Object.keys(state.seats).filter((seat) => seats[seat] === undefined));
  const { exceptions: noted = {}, ...rest } = noteGone({ ...state, exceptions }, gone);
  const kept = Object.entries(noted).filter(([, exception]) => Object.keys(exception).length > 0);
  const found = {
    ...rest,
    seats: inOrder(state, seats),
    ...(kept.length > 0 && { exceptions: Object.fromEntries(kept) }),
  };
  const own = await bytesOf(found, { cluster, mark });
  context.judge(foundVerdict({ before: state, found, observed, drifts, own }));
  context.inform(whatThereIs(found, configs, own));
  return { inputs: inputsOf<OverlayPoolInputs>(overlayPoolKind, state), state: found };
}

/** Only of what somebody changed it is asked what the machine runs with: nothing waits on the others. */
async function driftOf(
  { state, mark, seat, config }: { state: OverlayPoolState; mark: string; seat: string; config: GuestConfig },
  running: () => Promise<GuestConfig | undefined>,
): Promise<SeatDrift[]> {
  const drift = findDrift(state, mark, seat, config);
  return drift.length === 0 ? [] : findDrift(state, mark, seat, config, await running());
}

async function readRunning(
  { client }: OpenCluster,
  place: GuestPlace,
  { guests }: ObservedCluster,
): Promise<GuestConfig | undefined> {
  const isRunning = guests.get(place.vmid)?.running === true;
  return isRunning ? await readGuestConfig(client, place, { current: true }) : undefined;
}

/** Said by every refresh: of a destroy's preview the engine tells the provider nothing else (docs/decisions/0020). */
function whatThereIs(
  state: OverlayPoolState,
  configs: ReadonlyMap<string, GuestConfig>,
  own: OwnBytes,
): string {
  const seats = Object.entries(state.seats).flatMap(([seat, place]) => {
    const config = configs.get(seat);
    return config === undefined ? [] : [{ seat, ...place, config }];
  });
  return inventoryWords(state.class, seats, own);
}

async function bytesOf(
  state: OverlayPoolState,
  { cluster, mark }: Pick<OwnBytesQuestion, "cluster" | "mark">,
): Promise<OwnBytes> {
  const seats = Object.entries(state.seats).map(([seat, place]) => ({ seat, ...place }));
  return await ownBytes({ cluster, mark, inputs: state, seats });
}

/** The engine keeps what it has recorded when nothing sound can be put in its place. */
function unreadable(
  { class: name, seats }: OverlayPoolState,
  { guests }: ObservedCluster,
  unfinished: readonly Unfinished[],
): CoppiceError {
  const failed = unfinished.map(({ item: seat, code, reason }) => {
    const vmid = seats[seat]?.vmid ?? 0;
    return { seat, vmid, node: guests.get(vmid)?.node ?? "an unknown node", not: "read", code, reason };
  });
  return new CoppiceError("pool.unreadable", {
    what: `${failed.length} of ${Object.keys(seats).length} seats of class '${name}' were not read`,
    why: unfinishedLines(describeFailed(failed)).join("; "),
    wayOut: "What is recorded of the class stays as it was; refresh again when they can be read",
  });
}

function inOrder(
  state: OverlayPoolState,
  seats: Readonly<Record<string, SeatPlace>>,
): Record<string, SeatPlace> {
  return Object.fromEntries(
    Object.keys(state.seats).flatMap((seat) => (seats[seat] ? [[seat, seats[seat]]] : [])),
  );
}
