import {
  driveLines,
  isDataDisk,
  missingOf,
  needsOf,
  networkPaths,
  type RightsScope,
  type Work,
} from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type Permissions, readPermissions, readPool } from "@coppice/pve";
import { assertRoom, type Copying } from "./assert-room.ts";

/** Refuses a copy that cannot be made, before it is begun; each right that is missing is named. */
export async function assertMayCopy(copying: Copying): Promise<void> {
  const { inputs, cluster } = copying;
  await assertRoom(copying);
  await assertPool(copying);
  const permissions = await readPermissions(cluster.client);
  const missing = missingOf(permissions, needsOf(worksOf(copying), scopeOf(copying, permissions)));
  if (missing.length === 0) return;
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

async function assertPool({
  inputs: { pool, cluster: name, number, class: of },
  cluster,
}: Copying): Promise<void> {
  if (pool === undefined || (await readPool(cluster.client, pool)) !== undefined) return;
  throw new CoppiceError("pool.no-pool", {
    what: `Generation ${number} of class '${of}' cannot be made`,
    why: `'pool' names '${pool}', and cluster '${name}' has no such pool`,
    wayOut: "Create it first, or leave 'pool' out",
  });
}
