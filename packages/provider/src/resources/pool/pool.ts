import { ownComment, plainComment } from "@coppice/clusters";
import { CoppiceError, type PoolInputs, type PoolState, poolKind, unknownValue } from "@coppice/core";
import { createPool, deletePool, PveError, readPool, updatePool } from "@coppice/pve";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { Difference, Found, Lookup, Recorded, Wanted } from "../../kit/resource-handler.ts";

/** Proxmox pools. The id is `<cluster>/<poolid>`. */
export const pool = defineResource<PoolInputs, PoolState>({
  kind: poolKind,
  diff,
  assume: ({ inputs: { cluster, poolid } }) => ({ cluster, poolid }),
  // What names a pool that is still to be made waits for it; else it would be told that there is no such pool.
  preview: async ({ recorded }) => (recorded === undefined ? { poolid: unknownValue } : {}),
  create,
  read,
  update,
  delete: remove,
});

function diff({ state, inputs }: Wanted<PoolInputs, PoolState>): Difference {
  return { changes: diffProperties(poolKind, state, inputs) };
}

async function create(inputs: PoolInputs, context: ResourceContext) {
  const { client } = await context.cluster(inputs.cluster);
  const comment = markedComment(inputs, context);
  try {
    await createPool(client, { poolid: inputs.poolid, comment });
  } catch (error) {
    const ours =
      PveError.is(error, "pve.already-exists") &&
      (await readPool(client, inputs.poolid))?.comment === comment;
    if (!ours) throw error;
  }
  return { id: `${inputs.cluster}/${inputs.poolid}`, state: inputs };
}

async function read(
  { id }: Lookup<PoolInputs, PoolState>,
  context: ResourceContext,
): Promise<Found<PoolInputs, PoolState> | undefined> {
  const { cluster, poolid } = parseId(id);
  const { client } = await context.cluster(cluster);
  const pool = await readPool(client, poolid, context.signal);
  if (pool === undefined) return undefined;
  const comment = plainComment(pool.comment ?? "");
  const found = { cluster, poolid, ...(comment === "" ? {} : { comment }) };
  return { inputs: found, state: found };
}

async function update({ inputs }: Wanted<PoolInputs, PoolState>, context: ResourceContext) {
  const { client } = await context.cluster(inputs.cluster);
  await updatePool(client, { poolid: inputs.poolid, comment: markedComment(inputs, context) });
  return { state: inputs };
}

async function remove({ id }: Recorded<PoolState>, context: ResourceContext): Promise<void> {
  const { cluster, poolid } = parseId(id);
  const { client } = await context.cluster(cluster);
  if ((await readPool(client, poolid, context.signal)) === undefined) return;
  await deletePool(client, poolid);
}

/** The mark tells a pool that an interrupted run of ours made from one that somebody else made. */
function markedComment({ comment = "", poolid }: PoolInputs, { urn }: ResourceContext): string {
  return ownComment(comment, { urn, id: poolid });
}

function parseId(id: string): { cluster: string; poolid: string } {
  const slash = id.indexOf("/");
  if (slash > 0) return { cluster: id.slice(0, slash), poolid: id.slice(slash + 1) };
  throw new CoppiceError("provider.not-found", {
    what: `${JSON.stringify(id)} is not the id of a pool`,
    wayOut: "Write <cluster>/<poolid>, for example main/lab",
  });
}
