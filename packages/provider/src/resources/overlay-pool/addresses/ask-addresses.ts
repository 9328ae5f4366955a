import type { OpenCluster } from "@coppice/clusters";
import type { OverlayPoolState, SeatPlace } from "@coppice/core";
import { PveError, readGuestAddresses } from "@coppice/pve";

/** How long all seats of a class have for their answers. Agents that run answer in milliseconds. */
const PATIENCE_MS = { read: 2000, run: 1000 };

/** More at once would take the node's workers from others. */
const IN_FLIGHT = 4;

/** Of whom addresses are asked, and what for. */
export interface Asking extends Pick<OpenCluster, "client"> {
  readonly signal: AbortSignal;
  readonly of: keyof typeof PATIENCE_MS;
}

/**
 * A class's state with the addresses that the agents of some seats tell at once. Nothing is waited for and nothing fails:
 * a machine that is off, an agent that is not there, a token that may not ask leave a seat without addresses.
 */
export async function withAddresses(
  state: OverlayPoolState,
  asked: readonly string[],
  { client, signal, of }: Asking,
): Promise<OverlayPoolState> {
  const told = new Map<string, readonly string[]>();
  const end = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS[of])]);
  const waiting = hasAgent(state) ? asked.flatMap((seat) => present(state, seat)) : [];
  const ask = async () => {
    for (let next = waiting.shift(); next !== undefined && !end.aborted; next = waiting.shift()) {
      const [seat, { node, vmid }] = next;
      try {
        told.set(seat, await readGuestAddresses(client, { node, vmid }, end));
      } catch (error) {
        // Who may not ask one machine of a class may ask none.
        if (PveError.is(error) && error.code === "pve.forbidden") waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
  // Of a run that was cancelled nobody was asked to the end: what was told before still stands.
  if (signal.aborted) return state;
  return { ...state, seats: placesWith(state, told) };
}

function placesWith(
  { seats }: OverlayPoolState,
  told: ReadonlyMap<string, readonly string[]>,
): Record<string, SeatPlace> {
  const places = Object.entries(seats).map(([seat, recorded]) => {
    const { addresses: _, ...place } = recorded;
    const addresses = told.get(seat) ?? [];
    return [seat, addresses.length > 0 ? { ...place, addresses: [...addresses] } : place] as const;
  });
  return Object.fromEntries(places);
}

function present({ seats }: OverlayPoolState, seat: string): [string, SeatPlace][] {
  const place = seats[seat];
  return place === undefined ? [] : [[seat, place]];
}

/** Whether the template had the agent switched on, which its machines take over (qemu-server, `agent`). */
function hasAgent({ base }: OverlayPoolState): boolean {
  return /^(?:enabled=)?(?:1|on|yes|true)(?:,|$)/i.test(String(base.config["agent"] ?? ""));
}
