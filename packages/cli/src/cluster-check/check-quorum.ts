import type { OpenCluster } from "@coppice/clusters";
import { assertQuorate, PveError } from "@coppice/pve";
import type { Finding } from "./finding.ts";

/** Looks whether the cluster is quorate; what a token may not ask is said by the rights that it lacks. */
export async function checkQuorum({ client }: OpenCluster): Promise<Finding[]> {
  try {
    await assertQuorate(client);
    return [];
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) return [];
    if (!PveError.is(error, "pve.no-quorum")) throw error;
    const disables = "the cluster is not quorate: nothing can be made, changed or removed";
    return [{ state: "missing", what: "quorum", disables }];
  }
}
