import {
  driveLines,
  isDataDisk,
  missingOf,
  needsOf,
  networkPaths,
  type PoolReading,
  type RightsScope,
  readTenantUse,
  type Work,
} from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type Permissions, readPermissions } from "@coppice/pve";
import { assertRoom, type Copying } from "./assert-room.ts";

/** Refuses a copy that cannot be made, before it is begun; each right that is missing is named. Gives the pool as it read it. */
export async function assertMayCopy(
  copying: Copying,
  mode: PoolReading["mode"],
): Promise<PoolReading | undefined> {
  const { inputs, cluster } = copying;
  await assertRoom(copying);
  const pool = await assertPool(copying, mode);
  const permissions = await readPermissions(cluster.client);
  const missing = missingOf(permissions, needsOf(worksOf(copying), scopeOf(copying, permissions)));
  if (missing.length === 0) return pool;
  throw new CoppiceError("generation.rights", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made`,
    why: `the token lacks ${missing.join("; ")}`,
    wayOut: "Grant it as docs/guides/permissions.md shows",
  });
}

function worksOf({ source, nodes }: Copying): Set<Work> {
  const works = new Set<Work>(["generation"]);
  if (driveLines(source.config.values).some(([, line]) => isDataDisk(line))) works.add("drop data disk");
  // From local storage Proxmox clones only onto the same node.
  if (nodes.some((node) => node !== source.guest.node)) works.add("move copy");
  return works;
}

function scopeOf({ inputs, source }: Copying, permissions: Permissions): RightsScope {
  return {
    pool: inputs.pool,
    templates: [inputs.source],
    storage: inputs.storage,
    networks: networkPaths(source.config.values, permissions),
  };
}

async function assertPool(
  { inputs: { pool, cluster: name, number, class: of }, cluster }: Copying,
  mode: PoolReading["mode"],
): Promise<PoolReading | undefined> {
  if (pool === undefined) return undefined;
  const found = await readTenantUse(cluster, pool, mode);
  if (found !== undefined) return found;
  throw new CoppiceError("pool.no-pool", {
    what: `Generation ${number} of class '${of}' cannot be made`,
    why: `'pool' names '${pool}', and cluster '${name}' has no such pool`,
    wayOut: "Create it first, or leave 'pool' out",
  });
}
