import { parseConfigLine, seatOfSpare } from "@coppice/clusters";
import {
  type GuestConfig,
  type GuestPlace,
  listVolumes,
  putGuestConfig,
  readGuestConfig,
} from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import { waitingKeys } from "../disks/change-disks.ts";

/**
 * Frees disks that Proxmox renamed for a seat and could write into no configuration, since quorum was lost in between
 * (`move_disk` renames first: qemu-server 9.2.6). The spare machine, which names what is gone, is the proof of it.
 */
export async function freeLost(
  run: ClassRun,
  name: string,
  spare: GuestPlace,
  config: GuestConfig,
): Promise<void> {
  const seat = run.seats.get(seatOfSpare(name) ?? "");
  const brought = run.inputs.base.disks.flatMap(({ slot }) => volumesOf(config, [slot]));
  if (seat === undefined || brought.length === 0) return;
  const present = new Set(await volumesOn(run, spare));
  const gone = brought.filter((volume) => !present.has(volume));
  if (gone.length === 0) return;
  const { client } = run.cluster;
  const { values, digest } = await readGuestConfig(client, seat);
  const named = new Set(volumesOf({ values }, Object.keys(values)));
  const lost = (await volumesOn(run, seat)).filter((volume) => !named.has(volume));
  // Files that somebody put there are not ours to free.
  if (lost.length === 0 || lost.length > gone.length) return;
  const keys = waitingKeys()
    .filter((key) => values[key] === undefined)
    .slice(0, lost.length);
  const found = Object.fromEntries(keys.map((key, index) => [key, lost[index] ?? ""]));
  await putGuestConfig(client, seat, { ...found, ...(digest && { digest }) });
  await putGuestConfig(client, seat, { delete: keys.join(",") });
}

function volumesOf({ values }: Pick<GuestConfig, "values">, keys: readonly string[]): string[] {
  return keys.map((key) => parseConfigLine(values[key] ?? "").first).filter((volume) => volume !== "");
}

async function volumesOn(run: ClassRun, { node, vmid }: GuestPlace): Promise<string[]> {
  const { storage } = run.inputs.base;
  const volumes = await listVolumes(run.cluster.client, { node, storage }, { content: "images", vmid });
  return volumes.map(({ volid }) => volid);
}
