import { driveLines, isDataDisk, missingOf, networkPaths, onMachine, type Right } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { readPermissions, readPool } from "@coppice/pve";
import type { GenerationRun } from "./generation-run.ts";

/** What is to be copied where. */
type Copying = Pick<GenerationRun, "inputs" | "cluster" | "source" | "nodes">;

/** Refuses a copy that the token may not make, before it is begun; each right that is missing is named. */
export async function assertMayCopy(copying: Copying): Promise<void> {
  const { inputs, cluster, source } = copying;
  await assertPool(copying);
  const permissions = await readPermissions(cluster.client);
  const networks = networkPaths(source.config.values, permissions);
  const missing = missingOf(permissions, [
    ...machineRights(copying),
    [{ privilege: "VM.Clone", path: `/vms/${inputs.source}` }],
    [{ privilege: "Datastore.AllocateSpace", path: `/storage/${inputs.storage}` }],
    ...networks.map((paths) => paths.map((path) => ({ privilege: "SDN.Use", path }))),
  ]);
  if (missing.length === 0) return;
  throw new CoppiceError("generation.rights", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made`,
    why: `the token lacks ${missing.join("; ")}`,
    wayOut: "Grant it as docs/guides/permissions.md shows",
  });
}

function machineRights({ inputs, source, nodes }: Copying): Right[][] {
  const dataDisks = driveLines(source.config.values).filter(([, line]) => isDataDisk(line));
  const privileges = [
    "VM.Allocate",
    "VM.Audit",
    "VM.Config.Options",
    ...(dataDisks.length > 0 ? ["VM.Config.Disk"] : []),
    // From local storage Proxmox clones only onto the same node.
    ...(nodes.some((node) => node !== source.guest.node) ? ["VM.Migrate"] : []),
  ];
  return privileges.map((privilege) => onMachine(inputs.pool, privilege));
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
