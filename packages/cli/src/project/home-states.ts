import { type RecordedStack, readRecordedStack } from "@coppice/clusters";
import { listStacks, namedStack, readState, stackKey } from "@coppice/engine";
import { readingOptions } from "../home/reading-options.ts";
import { clusterNames } from "../registry/cluster-names.ts";
import { readCluster } from "../registry/read-cluster.ts";
import { registryFolder } from "../registry/registry-folder.ts";
import { isSameEndpoint } from "./is-same-endpoint.ts";

/**
 * What the home's stacks, those of documents, have on the cluster at an address, by whatever names it is registered.
 * Undefined where no registered cluster is there.
 */
export async function homeStates(
  endpoint: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly RecordedStack[] | undefined> {
  const names = await namesOf(endpoint, environment);
  if (names.size === 0) return undefined;
  const options = await readingOptions(environment);
  const stacks = (await listStacks(options)).map(namedStack).filter(({ cluster }) => names.has(cluster));
  const read = stacks.map(async (name) => {
    const of = { stack: stackKey(name), cluster: name.cluster };
    return readRecordedStack({ deployment: await readState(options, name) }, of);
  });
  return await Promise.all(read);
}

async function namesOf(endpoint: string, environment: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const folder = registryFolder(environment);
  const clusters = (await clusterNames(folder)).map((name) => readCluster(folder, name));
  const there = (await Promise.all(clusters)).filter(({ inputs }) =>
    isSameEndpoint(inputs["endpoint"], endpoint),
  );
  return new Set(there.map(({ name }) => name));
}
