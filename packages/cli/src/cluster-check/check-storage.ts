import { type OpenCluster, readStorage, type StorageFitness } from "@coppice/clusters";
import { CoppiceError, formatSize } from "@coppice/core";
import type { Finding } from "./finding.ts";

/** A storage as it was looked at. */
export interface StorageLook {
  readonly finding: Finding;
  /** Whether the node has it. */
  readonly isThere: boolean;
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
    const { shared, hasFiles } = fitness;
    return { finding: judge(what, fitness), isThere: true, isLocal: !shared, hasFiles };
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    const disables = `no seats there: ${error.why ?? error.what}. ${error.wayOut ?? ""}`.trimEnd();
    return { finding: { state: "missing", what, disables }, isThere: false, isLocal: false, hasFiles: true };
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
