import {
  driveLines,
  isDataDisk,
  missingOf,
  needsOf,
  networkPaths,
  type PoolReading,
  type RightsScope,
  readOwnPool,
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
  const what = `Generation ${inputs.number} of class '${inputs.class}' cannot be made`;
  const pool = await readOwnPool(cluster, { ...inputs, what }, mode);
  const permissions = await readPermissions(cluster.client);
  const missing = missingOf(permissions, needsOf(worksOf(copying), scopeOf(copying, permissions)));
  if (missing.length === 0) return pool;
  throw new CoppiceError("generation.rights", {
    what,
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
