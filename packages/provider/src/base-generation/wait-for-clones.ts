import { list, shape, text } from "@coppice/pve";
import type { PoolCluster } from "../overlay-pool/node/pool-cluster.ts";
import type { ResourceContext } from "../resource/resource-context.ts";

const gap = 500;
const parse = list(shape({ upid: text, type: text }));

/**
 * Waits until nobody clones a machine any more. A clone goes on when its client is gone, and carries no mark before it
 * has ended, so only then can be told whose it is.
 */
export async function waitForClones(
  { client }: PoolCluster,
  node: string,
  source: number,
  context: Pick<ResourceContext, "clock" | "signal" | "report">,
): Promise<void> {
  for (;;) {
    const params = { source: "active", vmid: source };
    const tasks = await client.call({
      method: "GET",
      path: "/nodes/{node}/tasks",
      in: { node },
      params,
      parse,
    });
    if (!tasks.some(({ type }) => type === "qmclone")) return;
    context.report(`waiting for a running clone of ${source}`);
    await context.clock.sleep(gap, context.signal);
  }
}
