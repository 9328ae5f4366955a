import {
  freeDisks,
  parseConfigLine,
  parseNotes,
  type SeatNotes,
  type SeatVolumes,
  withNotes,
  withVolume,
} from "@coppice/clusters";
import { type GuestConfig, type GuestPlace, PveError, readGuestConfig } from "@coppice/pve";
import { changeConfig } from "../class-run/change-config.ts";
import type { ClassRun } from "../class-run/class-run.ts";

/** Proxmox fills `unusedN` from 0; fresh disks wait in the last of its 256 numbers, where it never puts any itself. */
const LAST = 255;
const FIRST = 192;

/** Other volumes for the disks of a seat, and the order that they follow from. */
export interface DiskChange {
  readonly order: string;
  readonly volumes: SeatVolumes;
}

/** Whether a machine has the disks that an order led to: an interrupted run may have come so far. */
export function hasFollowed({ values, description }: GuestConfig, order: string): boolean {
  const notes = parseNotes(description);
  const [latest] = notes.former;
  return (
    notes.order === order && [...(latest ?? [])].every(([slot, volume]) => volumeIn(values, slot) !== volume)
  );
}

/**
 * Puts other volumes into the slots of a stopped machine; Proxmox keeps the former ones as `unusedN`, which is the
 * undo, and the same change writes into the notes which ones they are. A change that was refused may still wait to be
 * applied at the next start (docs/proxmox-facts.md#another-disk-in-a-slot), so after an error it is
 * taken back.
 */
export async function changeDisks(
  run: ClassRun,
  place: GuestPlace,
  before: GuestConfig,
  { order, volumes }: DiskChange,
): Promise<void> {
  const { values, description = "", digest } = before;
  const lines = [...volumes].map(
    ([slot, volume]) => [slot, withVolume(parseConfigLine(values[slot] ?? ""), volume)] as const,
  );
  const former = new Map([...volumes.keys()].map((slot) => [slot, volumeIn(values, slot)]));
  const spare = parseNotes(description).former.filter((each) => !isSame(each, volumes));
  const notes = withNotes(description, { order, former: [former, ...spare] });
  try {
    const change = { ...Object.fromEntries(lines), description: notes, ...(digest && { digest }) };
    await changeConfig(run, place, change);
  } catch (error) {
    if (PveError.is(error, "pve.bad-parameter")) {
      await changeConfig(run, place, { revert: [...volumes.keys()].join(","), description });
    }
    throw error;
  }
}

/** Frees former disks of a seat for good, all but the latest `keep` of them. */
export async function freeFormer(run: ClassRun, place: GuestPlace, keep: 0 | 1): Promise<void> {
  const { values, description = "", digest } = await readGuestConfig(run.cluster.client, place);
  const notes = parseNotes(description);
  if (notes.former.length <= keep) return;
  const volumes = new Set(notes.former.slice(keep).flatMap((former) => [...former.values()]));
  const keys = Object.keys(values).filter(
    (key) => key.startsWith("unused") && volumes.has(volumeIn(values, key)),
  );
  const kept: SeatNotes = { ...notes, former: notes.former.slice(0, keep) };
  await freeDisks(run, place, {
    description: withNotes(description, kept),
    ...(keys.length > 0 && { delete: keys.join(",") }),
    ...(digest && { digest }),
  });
}

function volumeIn(values: GuestConfig["values"], slot: string): string {
  return parseConfigLine(values[slot] ?? "").first;
}

function isSame(a: SeatVolumes, b: SeatVolumes): boolean {
  return a.size === b.size && [...a].every(([slot, volume]) => b.get(slot) === volume);
}

/** The places of a machine where disks wait, in the order in which they are taken. */
export function waitingKeys(): string[] {
  return Array.from({ length: LAST - FIRST + 1 }, (_, index) => `unused${LAST - index}`);
}
