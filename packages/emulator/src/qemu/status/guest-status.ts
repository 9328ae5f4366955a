import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { loadConfig } from "../config/config-file.ts";
import { assignedCpus, bootDiskSize, memoryMib } from "../config/machine-size.ts";
import { sampledCpu } from "./sampled-cpu.ts";
import { usedMemory } from "./used-memory.ts";

const mebibyte = 1024 ** 2;

/** A machine's row as the API answers it (qemu-server 9.2.6, vmstatus). */
export type GuestStatus = Record<string, unknown>;

/** How a machine is doing; `full` adds what QEMU itself is asked for. */
export function guestStatus(cluster: Cluster, node: Node, vmid: number, full: boolean): GuestStatus {
  const { values } = loadConfig(cluster, node, vmid);
  const guest = guestRuntime(cluster).on(node.name, vmid);
  const status: GuestStatus = {
    vmid,
    status: guest === undefined ? "stopped" : "running",
    name: values["name"] ?? `VM ${vmid}`,
    cpus: assignedCpus(node, values),
    maxmem: memoryMib(values["memory"]) * mebibyte,
    maxdisk: bootDiskSize(values),
    disk: 0,
    uptime: 0,
    cpu: 0,
    mem: 0,
    netin: 0,
    netout: 0,
    ...(cluster.version.features.memhost ? { memhost: 0 } : {}),
    ...fromConfig(values),
  };
  if (guest !== undefined) Object.assign(status, whileRunning(cluster, guest, values, full));
  if (full) status["qmpstatus"] = guest === undefined ? "stopped" : guest.paused ? "paused" : "running";
  return status;
}

function fromConfig(values: Readonly<ConfigValues>): GuestStatus {
  const found: GuestStatus = {};
  if (values["template"] === "1") found["template"] = 1;
  if (Object.keys(values).some((key) => /^serial\d+$/.test(key))) found["serial"] = 1;
  for (const key of ["lock", "tags"]) {
    if (values[key] !== undefined) found[key] = values[key];
  }
  const balloon = Number(values["balloon"] ?? 0);
  if (balloon > 0) {
    found["balloon_min"] = balloon * mebibyte;
    found["shares"] = Number(values["shares"] ?? 1000);
  }
  return found;
}

function whileRunning(
  cluster: Cluster,
  guest: RunningGuest,
  values: Readonly<ConfigValues>,
  full: boolean,
): GuestStatus {
  const { memhost } = cluster.version.features;
  const mem = usedMemory(cluster, guest, values);
  const nets = Object.keys(values)
    .filter((key) => /^net\d+$/.test(key))
    .map((key) => `tap${guest.vmid}i${key.slice(3)}`);
  return {
    pid: guest.pid,
    uptime: Math.floor((cluster.clock.now() - guest.startedAt) / 1000),
    cpu: sampledCpu(cluster, guest, values),
    mem,
    ...(memhost ? { memhost: mem, ...pressure } : {}),
    ...(full && nets.length > 0
      ? { nics: Object.fromEntries(nets.map((tap) => [tap, { netin: 0, netout: 0 }])) }
      : {}),
  };
}

/** Pressure stall values, since 9.0: nothing here ever stalls. */
const pressure = {
  pressurecpusome: 0,
  pressurecpufull: 0,
  pressureiosome: 0,
  pressureiofull: 0,
  pressurememorysome: 0,
  pressurememoryfull: 0,
};
