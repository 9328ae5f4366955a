import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { GuestRow } from "../../guests/guest-row.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { findConfig } from "../config/config-file.ts";
import { assignedCpus, bootDiskSize, memoryMib } from "../config/machine-size.ts";
import { currentCpu } from "./current-cpu.ts";
import { usedMemory } from "./used-memory.ts";

/** A guest's figures as of now; undefined when the node has no such guest. */
export function guestRow(cluster: Cluster, node: Node, vmid: number): GuestRow | undefined {
  const values = findConfig(cluster, node.name, vmid)?.values;
  if (values === undefined) return undefined;
  const running = guestRuntime(cluster).on(node.name, vmid);
  const maxmem = memoryMib(values["memory"]) * 1024 ** 2;
  const mem = running === undefined ? 0 : Math.min(maxmem, usedMemory(cluster, running, values));
  return {
    status: running === undefined ? "stopped" : "running",
    name: values["name"] ?? `VM ${vmid}`,
    template: values["template"] === "1" ? 1 : 0,
    uptime: running === undefined ? 0 : Math.floor((cluster.clock.now() - running.startedAt) / 1000),
    cpu: running === undefined ? 0 : currentCpu(cluster, vmid, values),
    maxcpu: assignedCpus(node, values),
    mem,
    maxmem,
    disk: 0,
    maxdisk: bootDiskSize(values),
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    ...(cluster.version.features.memhost ? { memhost: mem } : {}),
  };
}
