import { dirname } from "node:path";
import type { OpenCluster } from "@coppice/clusters/connections";
import type { Environment } from "@coppice/engine";
import type { RegisteredCluster } from "./registered-cluster.ts";

/** Opens a registered cluster as the provider does, its credentials read where the document says. */
export async function openRegistered(
  { name, file, inputs }: RegisteredCluster,
  environment: Environment,
): Promise<OpenCluster> {
  const { openClusters } = await import("@coppice/clusters/connections");
  const options = { secret: false, environment, folder: dirname(file) };
  return await (await openClusters({ [name]: inputs }, options)).get(name);
}
