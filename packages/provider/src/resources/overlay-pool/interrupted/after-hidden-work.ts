import { type ObservedCluster, readCluster, waitForCreate, waitForTasks } from "@coppice/clusters";
import { listActiveTasks, parseUpid, type Upid } from "@coppice/pve";
import type { RunRequest } from "../class-run/class-run.ts";
import { sourcesOf } from "./sources-of.ts";

type Request = Pick<RunRequest, "inputs" | "recorded" | "cluster" | "context">;

/**
 * The cluster when nothing of ours that the token cannot see is at work any more. With rights in a pool alone a machine is
 * seen from the end of its create on, and its task by whoever sent it off: planned before that end, the seat of an
 * interrupted run would be made a second time.
 */
export async function afterHiddenWork(request: Request, listed: ObservedCluster): Promise<ObservedCluster> {
  const { cluster } = request;
  const online = listed.nodes.filter(({ state }) => state === "online");
  const active = await Promise.all(online.map(({ node }) => listActiveTasks(cluster.client, { node })));
  for (const { upid } of active.flat()) await waitForOwn(request, parseUpid(upid));
  return await readCluster(cluster);
}

async function waitForOwn(request: Request, { type, node, id }: Upid): Promise<void> {
  const { inputs, cluster, context } = request;
  const vmid = Number(id);
  const isInRange = vmid >= inputs.vmids.from && vmid <= inputs.vmids.to;
  if (type === "qmcreate" && isInRange) await waitForCreate(cluster, { node, vmid }, context);
  const isSource = sourcesOf(request).some((source) => source.vmid === vmid);
  if (type === "qmclone" && isSource) await waitForTasks(cluster, { node, vmid }, "qmclone", context);
}
