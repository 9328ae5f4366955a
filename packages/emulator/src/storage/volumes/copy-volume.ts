import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { imageRules } from "../../versions/image-rules.ts";
import { backendOf } from "../backends/backend-of.ts";
import type { Place } from "../catalog/place.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { formatBytes } from "../format-bytes.ts";
import { demandOwnFiles } from "../images/demand-own-files.ts";
import { qemuImgStep } from "../images/qemu-img.ts";
import { splitVolid } from "../volid.ts";
import type { Allocation, CopyTarget, ParsedVolid, VolumeInfo, VolumeLog } from "../volume-types.ts";

/** What a copy needs from the volumes of its cluster. */
interface CopyOperations {
  config(storageId: string): StorageConfig;
  parse(volid: string): ParsedVolid;
  path(node: Node, volid: string): string;
  info(node: Node, volid: string): Promise<VolumeInfo>;
  allocate(node: Node, storageId: string, what: Allocation, log?: VolumeLog): Promise<string>;
  free(node: Node, volid: string): Promise<void>;
}

export interface CopyContext {
  readonly cluster: Cluster;
  readonly volumes: CopyOperations;
  readonly node: Node;
  readonly log: VolumeLog;
}

/** Copies all data of a volume, or of one of its snapshots, into a new one (qemu-server, QemuServer.pm clone_disk). */
export async function copyVolume(context: CopyContext, volid: string, target: CopyTarget): Promise<string> {
  const { cluster, volumes, node, log } = context;
  const { size } = await volumes.info(node, volid);
  await demandOwnFiles(cluster, volumes.path(node, volid), volumes.parse(volid).format);
  const made = await volumes.allocate(node, target.storage, allocationOf(target, size), log);
  if (imageRules(cluster.version).saysAllocated) log(`allocated target volume '${made}'`);
  log(`transferred 0.0 B of ${formatBytes(size)} (0.00%)`);
  try {
    await convert(context, volid, made, target.snapshot);
  } catch (error) {
    await volumes.free(node, made);
    throw error;
  }
  log(`transferred ${formatBytes(size)} of ${formatBytes(size)} (100.00%)`);
  return made;
}

function allocationOf(target: CopyTarget, sizeBytes: number): Allocation {
  return { vmid: target.vmid, sizeBytes, ...(target.format === undefined ? {} : { format: target.format }) };
}

async function convert(
  { cluster, volumes, node }: CopyContext,
  from: string,
  to: string,
  snapshot?: string,
): Promise<void> {
  const { storage, volname } = splitVolid(from);
  const place: Place = { cluster, node, storage: volumes.config(storage) };
  const source = backendOf(place.storage).source(place, volname, snapshot);
  const target = ["-O", volumes.parse(to).format];
  const args = [
    "convert",
    "-n",
    "--target-is-zero",
    ...source.slice(0, -1),
    ...target,
    ...source.slice(-1),
    volumes.path(node, to),
  ];
  await qemuImgStep(place, { args, errorPrefix: "copy failed" });
}
