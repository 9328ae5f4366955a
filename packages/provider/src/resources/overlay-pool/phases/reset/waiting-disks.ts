import { freeDisks, parseConfigLine, parseNotes, type SeatVolumes, step } from "@coppice/clusters";
import {
  type DiskMove,
  ensureQuorum,
  type GuestConfig,
  type GuestPlace,
  moveDisk,
  PveError,
  readGuestConfig,
} from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import { waitingKeys } from "../../disks/change-disks.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";

/** A machine that fresh disks wait on, and what they are. */
export interface Waiting {
  /** The machine's configuration, read when all of them were there. */
  readonly config: GuestConfig;
  readonly volumes: SeatVolumes;
}

/**
 * Gives a seat the disks of its spare machine, as `unusedN`: Proxmox only renames them, so they stand on the same base.
 * Both machines are stopped and on one node.
 */
export async function bringDisks(run: ClassRun, seat: PlannedSeat, spare: GuestPlace): Promise<Waiting> {
  const place = { node: seat.node, vmid: seat.vmid };
  const slots = run.inputs.base.disks.map(({ slot }) => slot);
  const places = waitingKeys();
  const keys = new Map(slots.map((slot, index) => [slot, places[index] ?? ""]));
  for (const [slot, key] of keys)
    await step(run, `move ${seat.seat} ${slot}`, () => giveDisk(run, { from: spare, slot, to: place, key }));
  const config = await readGuestConfig(run.cluster.client, place);
  const volumes = [...keys].map(([slot, key]) => [slot, volumeAt(config, key)] as const);
  return { config, volumes: new Map(volumes) };
}

/** Frees disks that wait since a reset was interrupted: which generation they are of, nothing tells any more. */
export async function freeWaiting(run: ClassRun, seat: PlannedSeat, config: GuestConfig): Promise<void> {
  const kept = new Set(parseNotes(config.description).former.flatMap((former) => [...former.values()]));
  const keys = Object.keys(config.values).filter(
    (key) => waitingKeys().includes(key) && !kept.has(volumeAt(config, key)),
  );
  if (keys.length === 0) return;
  const place = { node: seat.node, vmid: seat.vmid };
  const change = { delete: keys.join(","), ...(config.digest && { digest: config.digest }) };
  await step(run, `free ${seat.seat}`, () => freeDisks(run, place, change));
}

async function giveDisk(run: ClassRun, move: DiskMove): Promise<void> {
  await assertMovable(run, move.to);
  await moveDisk(run.cluster.client, move);
}

/** Without quorum Proxmox renames the volume and then can write its name into no configuration. */
async function assertMovable(run: ClassRun, place: GuestPlace): Promise<void> {
  try {
    await ensureQuorum(run.cluster.client, place);
  } catch (cause) {
    if (!PveError.is(cause, "pve.no-quorum")) throw cause;
    const what = `Machine ${place.vmid} was given no fresh disk`;
    const wayOut = "Bring enough nodes of the cluster back first";
    throw new PveError("pve.no-quorum", { what, why: "the cluster is not quorate", wayOut, cause });
  }
}

function volumeAt({ values }: GuestConfig, key: string): string {
  return parseConfigLine(values[key] ?? "").first;
}
