import type { ObservedCluster } from "@coppice/clusters";
import type {
  ClassVerdict,
  OverlayPoolState,
  OwnBytes,
  SeatFate,
  SeatVerdict,
  SettingDrift,
} from "@coppice/core";
import { findForeign } from "./plan-class.ts";

/** A class as it was recorded, and as it was found. */
export interface FoundClass {
  readonly before: OverlayPoolState;
  readonly found: OverlayPoolState;
  readonly observed: ObservedCluster;
  /** What somebody else changed, by seat. */
  readonly drifts: ReadonlyMap<string, readonly SettingDrift[]>;
  readonly own: OwnBytes;
}

/** How every seat of a class was found, as data. */
export function foundVerdict(read: FoundClass): ClassVerdict {
  const { before, observed } = read;
  const foreign = findForeign(before, before, observed).map(({ vmid, node }) => ({ vmid, node }));
  return { seats: Object.keys(before.seats).map((seat) => foundSeat(read, seat)), foreign };
}

function foundSeat({ before, found, drifts, own }: FoundClass, seat: string): SeatVerdict {
  const { vmid = 0, node: was = "" } = before.seats[seat] ?? {};
  const node = found.seats[seat]?.node;
  if (node === undefined) return { seat, fates: ["gone"], vmid, node: was };
  const drift = drifts.get(seat) ?? [];
  const bytes = own.get(seat);
  const fate: SeatFate = drift.length > 0 ? "drifted" : "kept";
  return {
    seat,
    fates: [fate],
    vmid,
    node,
    ...(drift.length > 0 && { drift }),
    ...(node !== was && { movedFrom: was }),
    ...(bytes !== undefined && { bytes }),
  };
}
