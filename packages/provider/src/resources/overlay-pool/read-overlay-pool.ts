import {
  assertSees,
  isSeat,
  type ObservedCluster,
  type OpenCluster,
  ownershipMark,
  readCluster,
  runSteps,
  type Unfinished,
} from "@coppice/clusters";
import {
  CoppiceError,
  memoryMiBOf,
  type OverlayPoolInputs,
  type OverlayPoolState,
  overlayPoolKind,
  parseMemoryMiB,
  type SeatException,
  type SeatPlace,
} from "@coppice/core";
import { type GuestConfig, readGuestConfig } from "@coppice/pve";
import { inputsOf } from "../../kit/inputs-of.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Found } from "../../kit/resource-handler.ts";
import { unfinishedLines } from "../../kit/unfinished-lines.ts";
import { describeFailed } from "./converge/describe-unfinished.ts";

/**
 * A class as it is now: seats that are gone are left out, a seat that somebody moved is where it is, and one whose
 * settings somebody changed carries a note that the next run acts on.
 */
export async function readOverlayPool(
  state: OverlayPoolState,
  cluster: OpenCluster,
  context: ResourceContext,
): Promise<Found<OverlayPoolInputs, OverlayPoolState>> {
  const observed = await readCluster(cluster);
  const mark = ownershipMark(context.urn);
  const seats: Record<string, SeatPlace> = {};
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
      const config = await readGuestConfig(cluster.client, { node, vmid: recorded.vmid });
      if (!isSeat({ mark }, seat, config)) return;
      seats[seat] = { ...recorded, node };
      const drift = findDrift(state, config);
      const { drift: _, ...rest } = exceptions[seat] ?? {};
      exceptions[seat] = drift === undefined ? rest : { ...rest, drift };
    },
    { verb: "read", inFlight: 4 },
  );
  if (unfinished.length > 0) throw unreadable(state, observed, unfinished);
  const kept = Object.entries(exceptions).filter(
    ([seat, exception]) => seats[seat] && Object.keys(exception).length > 0,
  );
  const { exceptions: _, ...rest } = state;
  const found = {
    ...rest,
    seats: inOrder(state, seats),
    ...(kept.length > 0 && { exceptions: Object.fromEntries(kept) }),
  };
  return { inputs: inputsOf<OverlayPoolInputs>(overlayPoolKind, state), state: found };
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

function findDrift(
  { hardware = {}, base }: OverlayPoolState,
  { cores, memoryMiB }: GuestConfig,
): string | undefined {
  const wantedCores = hardware.cores ?? Number(base.config["cores"] ?? 1);
  const wantedMiB = hardware.memory ? parseMemoryMiB(hardware.memory) : memoryMiBOf(base.config);
  if (cores !== wantedCores) return `has ${cores} cores instead of ${wantedCores}`;
  return memoryMiB === wantedMiB ? undefined : `has ${memoryMiB} MiB of memory instead of ${wantedMiB}`;
}
