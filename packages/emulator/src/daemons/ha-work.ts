import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { guestIndex } from "../guests/guest-index.ts";
import type { GuestJob } from "../guests/guest-job.ts";
import { guestRuntime, isRunning } from "../guests/running/guest-runtime.ts";
import type { HaService } from "../ha/ha-service.ts";
import { rootIdentity } from "../kernel/identity.ts";
import { migrateGuest } from "../qemu/migrate/migrate-guest.ts";
import { startGuest } from "../qemu/power/start-guest.ts";
import { stopGuest } from "../qemu/power/stop-guest.ts";

/** Exit codes of a node's work (pve-ha-manager, HA/Tools.pm). */
const done = 0;
const failed = 1;
const wrongNode = 3;

/** A guest and where HA's manager believes it to be. */
interface Place {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly vmid: number;
}

/**
 * What a node does about a guest in its state, as root's ordinary tasks, and how that ended. Whatever was started or
 * stopped behind HA's back is put right here.
 */
export async function workForHa(place: Place, service: HaService): Promise<number> {
  const { cluster, node, vmid } = place;
  const found = guestIndex(cluster).find(vmid);
  // Containers are configurations only.
  if (found === undefined || found.kind === "lxc") return done;
  if (found.node !== node.name) return wrongNode;
  const { state, target } = service;
  if (state === "started") return await start(place);
  if (state === "migrate" || state === "relocate") return await move(place, state, target ?? node.name);
  return await stop(place, service.timeout);
}

type Work = (job: GuestJob) => Promise<void>;

async function inTask({ cluster, node, vmid }: Place, type: string, work: Work): Promise<void> {
  const subject = { node, identity: rootIdentity, type, id: String(vmid) };
  const task = await cluster.tasks.start(subject, ({ log, signal }) =>
    work({ cluster, node, identity: rootIdentity, vmid, log, signal }),
  );
  await task.done;
}

async function start(place: Place): Promise<number> {
  const { cluster, vmid } = place;
  if (!isRunning(cluster, vmid)) await inTask(place, "qmstart", startGuest);
  return isRunning(cluster, vmid) ? done : failed;
}

/** Sixty seconds to shut down, then the plug (HA/Resources/PVEVM.pm). */
async function stop(place: Place, timeout = 60): Promise<number> {
  const { cluster, vmid } = place;
  if (isRunning(cluster, vmid)) {
    const shutdown = timeout > 0;
    const type = shutdown ? "qmshutdown" : "qmstop";
    await inTask(place, type, (job) => stopGuest(job, { shutdown, force: true, timeout }));
  }
  return isRunning(cluster, vmid) ? failed : done;
}

async function move(place: Place, verb: "migrate" | "relocate", to: string): Promise<number> {
  const { cluster, vmid } = place;
  if (verb === "relocate" && (await stop(place)) !== done) return failed;
  const target = cluster.node(to);
  const journey = { target, withLocalDisks: false, storageOf: (storage: string) => storage };
  await inTask(place, "qmigrate", (job) =>
    migrateGuest({ ...job, ...journey, running: guestRuntime(cluster).get(vmid) !== undefined }),
  );
  return guestIndex(cluster).find(vmid)?.node === to ? done : failed;
}
