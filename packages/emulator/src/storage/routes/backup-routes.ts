import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { mayLook, storageParams } from "../catalog/storage-params.ts";
import type { VolumeEntry } from "../volume-types.ts";
import { volumes } from "../volumes/volumes.ts";

/** What `prune-backups` would keep: the newest of each guest (only `keep-last` and `keep-all` are understood). */
async function pruneDryRun(call: Call): Promise<unknown> {
  const storageId = call.params.text("storage");
  const vmid = call.params.optionalInt("vmid");
  const filter = vmid === undefined ? { content: "backup" } : { content: "backup", vmid };
  const backups = await volumes(call.cluster).list(call.node, storageId, filter);
  const rules =
    call.params.optionalText("prune-backups") ??
    volumes(call.cluster).config(storageId).options["prune-backups"];
  const last = /\bkeep-last=(\d+)/.exec(rules ?? "")?.[1];
  const kept = last === undefined ? Number.POSITIVE_INFINITY : Number(last);
  return backups.map((backup) => ({
    volid: backup.volid,
    ctime: backup.ctime,
    vmid: backup.vmid,
    type: /vzdump-(qemu|lxc)-/.exec(backup.volid)?.[1] ?? "unknown",
    mark: newerOnes(backups, backup) < kept ? "keep" : "remove",
  }));
}

function newerOnes(backups: readonly VolumeEntry[], backup: VolumeEntry): number {
  return backups.filter((other) => other.vmid === backup.vmid && other.ctime > backup.ctime).length;
}

const { node, storage, vmid, text } = storageParams;

/** `/nodes/{node}/storage/{storage}/prunebackups`. */
export const backupRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/prunebackups",
    params: {
      node,
      storage,
      "prune-backups": text,
      type: { type: "string", enum: ["qemu", "lxc"], optional: true },
      vmid: { ...vmid, optional: true },
    },
    permission: mayLook,
    onNode: true,
    worker: true,
    handle: pruneDryRun,
  },
];
