import { isTaggedOurs, type ObservedCluster, type ObservedGuest } from "@coppice/clusters";
import {
  CoppiceError,
  freeVmids,
  type NodeCapacity,
  type OverlayPoolInputs,
  type OverlayPoolState,
  placeSeats,
  planSeats,
  type SeatPlace,
  seatDemand,
} from "@coppice/core";
import { holdsGeneration } from "./holds-generation.ts";
import { noNode } from "./no-node.ts";
import type { ClassPlan, PlannedSeat } from "./planned-class.ts";
import { recordedSeats, wantedSeats } from "./recorded-seats.ts";
import { heldPlaces, seatPlaces } from "./seat-places.ts";

/** The name of a seat's guest, which is its host name too. */
export function hostName(inputs: Pick<OverlayPoolInputs, "class">, seat: string): string {
  return `${inputs.class}-${seat}`;
}

/**
 * Plans one run: a verb, a vmid and a node for every seat. New seats take the lowest free numbers of the range in
 * their order and go to the freest nodes. A machine that carries our mark but is not in the state is interrupted work:
 * that of a wanted seat keeps its number, any other is removed. No seat gets a number that is to be avoided.
 *
 * @throws CoppiceError `pool.range-too-small`, `pool.no-node`
 */
export function planClass(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
  observed: ObservedCluster,
  avoided: ReadonlySet<number> = new Set(),
): ClassPlan {
  const places = seatPlaces(inputs, state);
  const held = heldPlaces(inputs, state);
  const verbs = planSeats(wantedSeats(inputs, state), recordedSeats(state));
  const found = findInterrupted(state, observed);
  const missing = verbs.filter(({ seat }) => state?.seats[seat] === undefined && !found.has(seat));
  const fresh = freshMachines(
    inputs,
    state,
    observed,
    avoided,
    missing.map(({ seat }) => seat),
  );
  const seats = verbs.map((plan): PlannedSeat => {
    const place = places.get(plan.seat) ?? held.get(plan.seat) ?? -1;
    const recorded = state?.seats[plan.seat];
    if (recorded !== undefined) return { ...plan, place, ...liveMachine(recorded, observed) };
    const guest = found.get(plan.seat);
    if (guest !== undefined) return { ...plan, place, vmid: guest.vmid, node: guest.node, found: true };
    const machine = fresh.get(plan.seat);
    if (machine === undefined) throw new TypeError(`Seat '${plan.seat}' was given no machine.`);
    return { ...plan, place, ...machine };
  });
  const leftovers = [...found].filter(([seat]) => !places.has(seat));
  const removed = leftovers.map(([seat, { vmid, node }]): PlannedSeat => {
    return { seat, verb: "remove", place: -1, vmid, node, found: true };
  });
  return { seats: [...seats, ...removed], foreign: findForeign(inputs, state, observed) };
}

/** A seat that somebody moved is where it is, not where it was recorded. */
function liveMachine(recorded: SeatPlace, observed: ObservedCluster): { vmid: number; node: string } {
  return { vmid: recorded.vmid, node: observed.guests.get(recorded.vmid)?.node ?? recorded.node };
}

function freshMachines(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
  observed: ObservedCluster,
  avoided: ReadonlySet<number>,
  seats: readonly string[],
): Map<string, { vmid: number; node: string }> {
  const vmids = freshVmids(inputs, state, [...observed.guests.keys(), ...avoided], seats.length);
  const nodes = freshNodes(inputs, observed, seats.length);
  const places = seats.map(
    (seat, index) => [seat, { vmid: vmids[index] ?? 0, node: nodes[index] ?? "" }] as const,
  );
  return new Map(places);
}

function freshVmids(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
  occupied: readonly number[],
  count: number,
): number[] {
  const recorded = Object.values(state?.seats ?? {}).map(({ vmid }) => vmid);
  const taken = new Set([...occupied, ...recorded]);
  const free = freeVmids({ first: inputs.vmids.from, last: inputs.vmids.to }, taken, count);
  if (free.length === count) return free;
  throw new CoppiceError("pool.range-too-small", {
    what: `Class '${inputs.class}' needs ${count} more numbers of ${inputs.vmids.from}–${inputs.vmids.to}`,
    why: `only ${free.length} of them are free`,
    wayOut: "Widen 'vmids', or remove guests that nobody needs from that range",
  });
}

function freshNodes(inputs: OverlayPoolInputs, observed: ObservedCluster, count: number): string[] {
  // Beside nodes that are there, a misspelt one would send all seats to the others unseen.
  const isKnown = inputs.nodes?.every((name) => observed.nodes.some(({ node }) => node === name)) ?? true;
  if (count > 0 && !isKnown) throw noNode(inputs, observed.nodes);
  const usable = observed.nodes.filter((node) => canHold(inputs, node));
  const placed = placeSeats(count, seatDemand(inputs.base, inputs), usable);
  if (placed.length === count) return placed;
  throw noNode(inputs, observed.nodes);
}

function canHold(inputs: OverlayPoolInputs, node: NodeCapacity): boolean {
  return (inputs.nodes?.includes(node.node) ?? true) && holdsGeneration(inputs.base, node.node);
}

/** Machines of an interrupted run, by seat: their notes carry our mark and they are not in the state. */
function findInterrupted(
  state: OverlayPoolState | undefined,
  observed: ObservedCluster,
): Map<string, ObservedGuest> {
  const found = new Map<string, ObservedGuest>();
  for (const guest of observed.guests.values()) {
    const { seat } = guest;
    if (seat !== undefined && state?.seats[seat] === undefined && !found.has(seat)) found.set(seat, guest);
  }
  return found;
}

/** A class's range holds its own generations too. */
function isGeneration({ template, tags }: ObservedGuest): boolean {
  return template && isTaggedOurs(tags);
}

/** Guests of somebody else inside a class's range. */
export function findForeign(
  inputs: Pick<OverlayPoolInputs, "base" | "vmids">,
  state: OverlayPoolState | undefined,
  observed: ObservedCluster,
): ObservedGuest[] {
  const bases = [inputs.base, ...(state === undefined ? [] : [state.base])];
  const ours = new Set(
    [...bases.flatMap(({ copies }) => Object.values(copies)), ...Object.values(state?.seats ?? {})].map(
      ({ vmid }) => vmid,
    ),
  );
  const inRange = (vmid: number) => vmid >= inputs.vmids.from && vmid <= inputs.vmids.to;
  const foreign = [...observed.guests.values()].filter(
    (guest) =>
      inRange(guest.vmid) && !ours.has(guest.vmid) && guest.seat === undefined && !isGeneration(guest),
  );
  return foreign.sort((a, b) => a.vmid - b.vmid);
}
