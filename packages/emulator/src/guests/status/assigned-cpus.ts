import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../config/config-values.ts";

/** The vCPUs a machine has: `vcpus`, else sockets × cores, never more than the node's own. */
export function assignedCpus(node: Node, values: Readonly<ConfigValues>): number {
  const wanted = Number(values["sockets"] ?? 1) * Number(values["cores"] ?? 1);
  return values["vcpus"] === undefined ? Math.min(wanted, node.hardware.cpus) : Number(values["vcpus"]);
}
