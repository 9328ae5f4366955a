import { plainPoolComment, poolComment } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { createPool, deletePool, PveError, readPool, updatePool } from "@coppice/pve";
import { defineResource } from "../../kit/define-resource.ts";
import { diffProperties } from "../../kit/diff-properties.ts";
import type { ResourceContext } from "../../kit/resource-context.ts";
import type { CheckResult, Difference, Found, Lookup, Recorded, Wanted } from "../../kit/resource-handler.ts";
import { poolSchema } from "./pool-schema.ts";

type PoolInputs = { readonly cluster: string; readonly poolid: string; readonly comment?: string };
type PoolState = PoolInputs;

/** Proxmox pools. The id is `<cluster>/<poolid>`. */
export const poolHandler = defineResource<PoolInputs, PoolState>({
  schema: poolSchema,
  check,
  diff,
  preview: async ({ inputs }) => inputs,
  create,
  read,
  update,
  delete: remove,
});

/** As pve-access-control checks it: parts of `[A-Za-z0-9._-]+`, at most three levels (AccessControl.pm, `verify_poolname`). */
function check(inputs: PoolInputs): CheckResult<PoolInputs> {
  const withCluster = { ...inputs, cluster: inputs.cluster ?? "main" };
  if (/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}$/.test(inputs.poolid))
    return { inputs: withCluster, failures: [] };
  const reason = "must be letters, digits, `.`, `_` and `-`, with at most two `/` between them";
  return { inputs: withCluster, failures: [{ property: "poolid", reason }] };
}

function diff({ state, inputs }: Wanted<PoolInputs, PoolState>): Difference {
  return { changes: diffProperties(poolSchema, state, inputs) };
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
  const comment = plainPoolComment(pool.comment ?? "");
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
  return poolComment(comment, { urn, poolid });
}

function parseId(id: string): { cluster: string; poolid: string } {
  const slash = id.indexOf("/");
  if (slash > 0) return { cluster: id.slice(0, slash), poolid: id.slice(slash + 1) };
  throw new CoppiceError("provider.not-found", {
    what: `${JSON.stringify(id)} is not the id of a pool`,
    wayOut: "Write <cluster>/<poolid>, for example main/lab",
  });
}
