import { type GuestConfig, type GuestPlace, PveError, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { parseConfigLine, withVolume } from "./drive.ts";
import type { SeatException } from "./pool-inputs.ts";
import { note, type PoolRun } from "./pool-run.ts";

/** New volumes for the disks of a seat, by slot. */
export type NewVolumes = ReadonlyMap<string, string>;

/**
 * Puts other volumes into the slots of a stopped machine; Proxmox keeps the former ones as `unusedN`, which is the
 * undo. A change that was refused may still wait to be applied at the next start ("hotplug problem", measured on 8.4
 * and 9.2), so after an error it is taken back.
 */
export async function changeDisks(
  run: PoolRun,
  place: GuestPlace,
  volumes: NewVolumes,
): Promise<GuestConfig> {
  const { client } = run.cluster;
  const before = await readGuestConfig(client, place);
  const lines = [...volumes].map(([slot, volume]) => [
    slot,
    withVolume(parseConfigLine(before.values[slot] ?? ""), volume),
  ]);
  const digest = before.digest === undefined ? {} : { digest: before.digest };
  try {
    await putGuestConfig(client, place, { ...Object.fromEntries(lines), ...digest });
  } catch (error) {
    if (PveError.is(error, "pve.bad-parameter")) {
      await putGuestConfig(client, place, { revert: [...volumes.keys()].join(",") });
    }
    throw error;
  }
  return before;
}

/** Frees former disks of a seat: those that no slot holds and that stand as `unusedN`. */
export async function freeFormer(
  run: PoolRun,
  place: GuestPlace,
  former: SeatException["former"] = [],
): Promise<void> {
  if (former.length === 0) return;
  const { values } = await readGuestConfig(run.cluster.client, place);
  const volumes = new Set(former.map(({ volume }) => volume));
  const keys = Object.entries(values).filter(
    ([key, value]) => key.startsWith("unused") && volumes.has(parseConfigLine(value).first),
  );
  if (keys.length > 0)
    await putGuestConfig(run.cluster.client, place, { delete: keys.map(([key]) => key).join(",") });
}

/** Notes what a seat's disks were before a change, so that it can be taken back for as long as the class says. */
export function noteFormer(run: PoolRun, seat: string, before: GuestConfig, slots: Iterable<string>): void {
  const generation = run.exceptions.get(seat)?.generation ?? run.inputs.base.number;
  const until = run.context.clock.now() + (run.inputs.publish?.undoForMs ?? 0);
  const former = [...slots].map((slot) => ({
    slot,
    volume: parseConfigLine(before.values[slot] ?? "").first,
    generation,
    until,
  }));
  note(run, seat, { former });
}
