import type { Node } from "../../cluster/node.ts";
import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { migrationLock } from "../../guests/guest-locks.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { die, PveError } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, configPath, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { parseDrive, printDrive } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";
import { carryVolume } from "./carry-volume.ts";
import { type Migration, scanVolumes } from "./scan-volumes.ts";

/** The work of the task `qmigrate`. Lines carry the date, as the genuine ones do. */
export async function migrateGuest(migration: Migration): Promise<void> {
  const { cluster, node, vmid } = migration;
  const begun = cluster.clock.now();
  const log = (line: string) => migration.log(`${stamp(cluster.clock.now())} ${line}`);
  const dated: Migration = { ...migration, log };
  await migrationLock(cluster, node, vmid, async () => {
    refuseDeadTarget(dated, begun);
    await lockConfig(cluster, node, vmid, () => migrateLocked(dated, begun));
  });
}

function stamp(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replace("T", " ");
}

function duration(begun: number, now: number): string {
  return new Date(now - begun).toISOString().slice(11, 19);
}

function refuseDeadTarget({ cluster, node, target, log }: Migration, begun: number): void {
  if (cluster.sees(node, target) || (node.linked && target.linked)) return;
  const options = `-o 'BatchMode=yes' -o 'HostKeyAlias=${target.name}' -o 'UserKnownHostsFile=/etc/pve/nodes/${target.name}/ssh_known_hosts'`;
  log(`# /usr/bin/ssh -e none ${options} -o 'GlobalKnownHostsFile=none' root@${target.address} /bin/true`);
  log(`ssh: connect to host ${target.address} port 22: No route to host`);
  const took = duration(begun, cluster.clock.now());
  log(`ERROR: migration aborted (duration ${took}): Can't connect to destination address using public key`);
  die("migration aborted");
}

async function migrateLocked(migration: Migration, begun: number): Promise<void> {
  const { cluster, node, vmid, target, log } = migration;
  const config = editConfig(cluster, node, vmid);
  checkLock(config);
  config.values["lock"] = "migrate";
  await saveConfig(cluster, node, vmid, config);
  const made = new Map<string, string>();
  try {
    log(`starting migration of VM ${vmid} to node '${target.name}' (${target.address})`);
    await carryVolumes(migration, config, made);
    if (migration.running) sayLive(migration);
    await handOver(migration, config);
  } catch (error) {
    await abort(migration, made, begun, error);
  }
  for (const volid of made.keys()) await freeOn(migration, node, volid);
  log(`migration finished successfully (duration ${duration(begun, cluster.clock.now())})`);
}

async function carryVolumes(
  migration: Migration,
  config: ConfigDraft,
  made: Map<string, string>,
): Promise<void> {
  const local = await scanVolumes(migration, config).catch((error: unknown) => {
    throw new PveError(500, `Problem found while scanning volumes - ${messageOf(error)}`);
  });
  if (local.length > 0 && !migration.running) migration.log("copying local disk images");
  for (const { volid } of local) {
    const moved = await carryVolume(migration, volid);
    made.set(volid, moved);
    if (moved !== volid) renameVolume(config, volid, moved);
    migration.log(`volume '${volid}' is '${moved}' on the target`);
  }
}

function renameVolume(config: ConfigDraft, from: string, to: string): void {
  for (const values of [config.values, config.pending, ...Object.values(config.snapshots)]) {
    for (const [key, value] of Object.entries(values)) {
      if (!isDriveName(key) && !key.startsWith("unused") && key !== "vmstate") continue;
      const drive = parseDrive(value);
      if (drive.file === from) values[key] = printDrive({ ...drive, file: to });
    }
  }
}

async function abort(
  migration: Migration,
  made: ReadonlyMap<string, string>,
  begun: number,
  error: unknown,
): Promise<never> {
  const { cluster, node, vmid, log, target } = migration;
  const text = messageOf(error);
  log(`ERROR: ${text}`);
  log("aborting phase 1 - cleanup resources");
  for (const volid of made.values()) await freeOn(migration, target, volid);
  const config = editConfig(cluster, node, vmid);
  delete config.values["lock"];
  await saveConfig(cluster, node, vmid, config);
  log(`ERROR: migration aborted (duration ${duration(begun, cluster.clock.now())}): ${text}`);
  return die("migration aborted");
}

async function freeOn({ cluster, log }: Migration, node: Node, volid: string): Promise<void> {
  await volumes(cluster)
    .free(node, volid)
    .catch((error: unknown) => log(messageOf(error)));
}

/** The configuration moves first, then the volumes left behind are freed (QemuMigrate.pm, phase 3). */
async function handOver(migration: Migration, config: ConfigDraft): Promise<void> {
  const { cluster, node, vmid, target } = migration;
  delete config.values["lock"];
  await saveConfig(cluster, node, vmid, config);
  node.files.rename(configPath(node.name, vmid), configPath(target.name, vmid));
  const guest = guestRuntime(cluster).get(vmid);
  if (guest !== undefined) guestRuntime(cluster).put({ ...guest, node: target.name, pid: target.nextPid() });
}

function sayLive({ vmid, target, log }: Migration): void {
  const socket = `unix:/run/qemu-server/${vmid}.migrate`;
  for (const line of [
    `starting VM ${vmid} on remote node '${target.name}'`,
    "start remote tunnel",
    "ssh tunnel ver 1",
    `starting online/live migration on ${socket}`,
    "set migration capabilities",
    "migration downtime limit: 100 ms",
    "migration cachesize: 8.0 MiB",
    "set migration parameters",
    `start migrate command to ${socket}`,
    "average migration speed: 80.6 MiB/s - downtime 9 ms",
    "migration completed, transferred 2.2 MiB VM-state",
    "migration status: completed",
  ]) {
    log(line);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
