import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { bootDisks } from "./boot-order.ts";
import { isCdrom, parseDrive } from "./drive.ts";
import { parseDriveSize } from "./drive-size.ts";

/** The memory of a machine that names none, in MiB. */
const defaultMemory = 512;

/** A machine's memory in MiB: `memory` is a property string with `current` in front. */
export function memoryMib(memory: string | undefined): number {
  const text = /^(?:current=)?(\d+)/.exec(memory ?? "")?.[1];
  return text === undefined ? defaultMemory : Number(text);
}

/** The vCPUs a machine has: `vcpus`, else sockets × cores, never more than the node's own. */
export function assignedCpus(node: Node, values: Readonly<ConfigValues>): number {
  const wanted = Number(values["sockets"] ?? 1) * Number(values["cores"] ?? 1);
  return values["vcpus"] === undefined ? Math.min(wanted, node.hardware.cpus) : Number(values["vcpus"]);
}

/** The size of the first disk it boots from; 0 when there is none. */
export function bootDiskSize(values: Readonly<ConfigValues>): number {
  for (const key of bootDisks(values)) {
    const drive = parseDrive(values[key] ?? "");
    if (values[key] !== undefined && !isCdrom(drive)) return parseDriveSize(drive["size"] ?? "") ?? 0;
  }
  return 0;
}
