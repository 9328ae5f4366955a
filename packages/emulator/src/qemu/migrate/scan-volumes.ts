import type { Node } from "../../cluster/node.ts";
import type { GuestConfig } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { type GuestVolume, guestVolumes } from "./guest-volumes.ts";
import { isLocal } from "./migration-preconditions.ts";

/** A machine on its way to another node. */
export interface Migration extends GuestJob {
  readonly target: Node;
  readonly running: boolean;
  readonly withLocalDisks: boolean;
  /** `targetstorage`: one storage for all, or pairs; undefined keeps each. */
  readonly storageOf: (storage: string) => string;
}

/** A volume that has to be copied to the other node. */
export interface LocalVolume {
  readonly volid: string;
  readonly volume: GuestVolume;
}

/**
 * Finds the volumes to be copied and says why some cannot be (qemu-server 9.2.6, QemuMigrate.pm scan_local_volumes).
 * An overlay under its short name passes: its base stays behind and the machine does not start
 * (docs/proxmox-facts.md#overlay-names).
 */
export async function scanVolumes(migration: Migration, config: GuestConfig): Promise<LocalVolume[]> {
  const { cluster } = migration;
  const local = [...guestVolumes(config).values()].filter(({ volid }) => isLocal(cluster, volid));
  const found = local
    .map((volume) => ({ volid: volume.volid, volume }))
    .sort((a, b) => (a.volid < b.volid ? -1 : 1));
  const problems: [string, string][] = [];
  for (const { volid, volume } of found) {
    const problem = await problemOf(migration, volid, volume);
    if (problem !== undefined) problems.push([volid, problem]);
    migration.log(`found ${kindOf(volume)}`);
  }
  for (const [volid, problem] of problems) migration.log(`can't migrate local disk '${volid}': ${problem}`);
  if (problems.length > 0) throw new PveError(500, "can't migrate VM - check log");
  for (const { volid } of found) refuseClone(migration, volid);
  return found;
}

function kindOf({
  volid,
  is_attached,
  is_unused,
  is_cloudinit,
  referenced_in_snapshot,
}: GuestVolume): string {
  if (is_cloudinit === 1) return `generated disk '${volid}' (in current VM config)`;
  if (is_attached === 1) return `local disk '${volid}' (attached)`;
  if (is_unused === 1) return `local disk '${volid}' (unused)`;
  return referenced_in_snapshot === undefined
    ? `local disk '${volid}' (pending change)`
    : `local disk '${volid}' (referenced by snapshot(s))`;
}

async function problemOf(
  migration: Migration,
  volid: string,
  volume: GuestVolume,
): Promise<string | undefined> {
  const { cluster, node, vmid } = migration;
  if (!volumes(cluster).exists(node, volid)) return guestWords(cluster.version).missingLocalVolume(volid);
  if (volume.cdrom === 1) return volume.is_cloudinit === 1 ? undefined : "local cdrom image";
  const { vmid: owner } = volumes(cluster).parse(volid);
  if (owner !== vmid) return `owned by other VM (owner = VM ${owner ?? "?"})`;
  if (migration.running && volume.referenced_in_snapshot !== undefined) {
    return "online storage migration not possible if non-replicated snapshot exists";
  }
  if (await volumes(cluster).isBaseInUse(node, volid)) return "referenced by linked clone(s)";
  if (migration.running && volume.is_attached === 1 && !migration.withLocalDisks) {
    return "can't live migrate attached local disks without with-local-disks option";
  }
  return undefined;
}

/** The genuine message names its own source line. */
function refuseClone({ cluster }: Migration, volid: string): void {
  const { base } = volumes(cluster).parse(volid);
  if (base === undefined) return;
  const place = "at /usr/share/perl5/PVE/QemuMigrate.pm line 586.";
  throw new PveError(500, `can't migrate '${volid}' as it's a clone of '${base.name}' ${place}`);
}
