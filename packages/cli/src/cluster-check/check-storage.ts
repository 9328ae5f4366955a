import { type OpenCluster, readStorage, type StorageFitness } from "@coppice/clusters";
import { formatSize } from "@coppice/core";
import type { Finding } from "./finding.ts";
import { reasonOf } from "./reason-of.ts";

/** A storage as it was looked at. */
export interface StorageLook {
  readonly finding: Finding;
  /** Whether other nodes do not see what this one writes there. */
  readonly isLocal: boolean;
  /** Whether overlays can stand on it, so that a run works on the nodes themselves. */
  readonly hasFiles: boolean;
}

/** Looks at a storage as one node sees it. */
export async function checkStorage(
  connection: OpenCluster,
  node: string,
  storage: string,
): Promise<StorageLook> {
  const what = `storage ${storage} on ${node}`;
  try {
    const fitness = await readStorage(connection, node, storage);
    return { finding: judge(what, fitness), isLocal: !fitness.shared, hasFiles: fitness.hasFiles };
  } catch (error) {
    const disables = `no seats there: ${reasonOf(error)}`;
    return { finding: { state: "missing", what, disables }, isLocal: false, hasFiles: true };
  }
}

function judge(what: string, { problem, hasFiles, type, free }: StorageFitness): Finding {
  if (problem !== undefined)
    return { state: "missing", what, disables: `no seats there: it ${problem.what}. ${problem.wayOut}` };
  const room = free === undefined ? what : `${what}, ${roughSize(free)} free`;
  if (hasFiles) return { state: "ok", what: room };
  return {
    state: "limited",
    what: room,
    disables: `type ${type} has no qcow2 files: method 'linked' is used`,
  };
}

function roughSize(bytes: number): string {
  return formatSize(Math.floor(bytes / 2 ** 30) * 2 ** 30);
}
