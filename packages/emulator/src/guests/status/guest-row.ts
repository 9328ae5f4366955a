import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { memoryMib } from "../config/memory.ts";
import { guestRuntime } from "../state/guest-runtime.ts";
import { guestStore } from "../state/guest-store.ts";
import { assignedCpus } from "./assigned-cpus.ts";
import { bootDiskSize } from "./boot-disk-size.ts";
import { currentCpu } from "./current-cpu.ts";
import { usedMemory } from "./used-memory.ts";

/** What pvestatd broadcasts about a guest every ten seconds. */
export interface GuestRow {
  readonly status: "running" | "stopped";
  readonly name: string;
  readonly template: 0 | 1;
  readonly uptime: number;
  readonly cpu: number;
  readonly maxcpu: number;
  readonly mem: number;
  readonly maxmem: number;
  readonly disk: 0;
  readonly maxdisk: number;
  readonly netin: number;
  readonly netout: number;
  readonly diskread: number;
  readonly diskwrite: number;
  readonly memhost?: number;
}

/** A guest's figures as of now; undefined when the node has no such guest. */
export function guestRow(cluster: Cluster, node: Node, vmid: number): GuestRow | undefined {
  const values = guestStore(cluster).config(node.name, vmid)?.values;
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
