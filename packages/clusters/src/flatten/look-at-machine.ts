import { CoppiceError } from "@coppice/core";
import {
  type GuestConfig,
  type GuestPlace,
  listGuestResources,
  listSnapshots,
  listVolumes,
  type PveCaller,
  readGuestConfig,
  readGuestStatus,
  type Volume,
} from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { driveLines, isCdrom, parseConfigLine } from "../guests/drive.ts";
import { readStorage } from "../storage/read-storage.ts";
import type { StorageFitness } from "../storage/storage-fitness.ts";

/** A machine that is to leave its base, as it is now. */
export interface SeenMachine {
  readonly place: GuestPlace;
  readonly config: GuestConfig;
  readonly isRunning: boolean;
  readonly snapshots: readonly string[];
  /** Its volumes on the storages that its drives are on. */
  readonly volumes: readonly Volume[];
  /** Those storages, and the one that is wished for. */
  readonly storages: ReadonlyMap<string, StorageFitness>;
}

/**
 * Looks at a machine and its storages.
 *
 * @throws CoppiceError `overlay.refused` where there is no virtual machine of that number
 */
export async function lookAtMachine(
  cluster: OpenCluster,
  vmid: number,
  wished: string | undefined,
): Promise<SeenMachine> {
  const { client } = cluster;
  const place = await placeOf(client, vmid);
  const [config, status, snapshots] = await Promise.all([
    readGuestConfig(client, place),
    readGuestStatus(client, place),
    listSnapshots(client, place),
  ]);
  const used = storagesOf(config);
  const { node } = place;
  const wanted = [...new Set([...used, ...(wished === undefined ? [] : [wished])])];
  const [volumes, storages] = await Promise.all([
    Promise.all(used.map((storage) => listVolumes(client, { node, storage }, { content: "images", vmid }))),
    Promise.all(wanted.map(async (storage) => [storage, await readStorage(cluster, node, storage)] as const)),
  ]);
  return {
    place,
    config,
    isRunning: status.status !== "stopped",
    snapshots: snapshots.map(({ name }) => name),
    volumes: volumes.flat(),
    storages: new Map(storages),
  };
}

async function placeOf(client: PveCaller, vmid: number): Promise<GuestPlace> {
  const guest = (await listGuestResources(client)).find((each) => each.vmid === vmid);
  if (guest?.type === "qemu") return { node: guest.node, vmid };
  throw new CoppiceError("overlay.refused", {
    what: `${vmid} cannot be taken out of its base`,
    why: guest === undefined ? "the token sees no machine of that number" : "it is a container",
    wayOut: "Name a virtual machine that `qm list` shows on its node",
  });
}

/** Of its drives and of its unused disks. */
function storagesOf({ values }: GuestConfig): string[] {
  const unused = Object.entries(values).flatMap(([key, value]) =>
    /^unused\d+$/.test(key) ? [parseConfigLine(value).first] : [],
  );
  const drives = driveLines(values).flatMap(([, line]) => (isCdrom(line) ? [] : [line.first]));
  const names = [...drives, ...unused].flatMap((volume) => /^([^:/]+):/.exec(volume)?.[1] ?? []);
  return [...new Set(names)];
}
