import { statfsSync } from "node:fs";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { nodeFigures } from "../daemons/status-round.ts";
import { versionOf } from "../datacenter/overview-routes.ts";
import { historyTimes } from "../guests/guest-history.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { listNetwork } from "./network-list.ts";

const cpuFlags =
  "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm constant_tsc nopl pni ssse3 cx16 sse4_1 sse4_2 aes avx avx2 hypervisor vmx";

function cpuInfo(cpus: number, named: boolean): Record<string, unknown> {
  return {
    model: "Intel(R) Xeon(R) Processor",
    ...(named ? { vendor: "GenuineIntel", family: "6" } : {}),
    cores: cpus,
    cpus,
    sockets: 1,
    mhz: "2600.000",
    hvm: "1",
    user_hz: 100,
    flags: cpuFlags,
  };
}

function rootDisk(call: Call): Record<string, number> {
  const disk = statfsSync(call.node.root);
  const [total, free, avail] = [disk.blocks, disk.bfree, disk.bavail].map((blocks) => blocks * disk.bsize);
  return { total: total ?? 0, free: free ?? 0, avail: avail ?? 0, used: (total ?? 0) - (free ?? 0) };
}

function status(call: Call): unknown {
  const { node } = call;
  const { version, repoid, kernel, features } = call.cluster.version;
  const figures = nodeFigures(call.cluster, node);
  const total = node.hardware.memoryBytes;
  const free = total - figures.mem;
  const load = (figures.cpu * node.hardware.cpus).toFixed(2);
  return {
    uptime: figures.uptime,
    cpu: figures.cpu,
    wait: 0,
    idle: 0,
    loadavg: [load, load, load],
    cpuinfo: cpuInfo(node.hardware.cpus, features.memhost),
    memory: { total, used: figures.mem, free, ...(features.memhost ? { available: free } : {}) },
    swap: { total: 0, used: 0, free: 0 },
    rootfs: rootDisk(call),
    ksm: { shared: 0 },
    kversion: `Linux ${kernel} #1 SMP PREEMPT_DYNAMIC PMX`,
    "current-kernel": {
      sysname: "Linux",
      release: kernel,
      version: "#1 SMP PREEMPT_DYNAMIC PMX",
      machine: "x86_64",
    },
    "boot-info": { mode: "legacy-bios" },
    pveversion: `pve-manager/${version}/${repoid}`,
  };
}

function rrdData({ cluster, params }: Call): unknown[] {
  return historyTimes(cluster, params.text("timeframe")).map((time) => ({ time }));
}

const audit = { perm: "/nodes/{node}", privs: ["Sys.Audit"] } as const;
const node: ParamTable = { node: commonParams.node };
const local = { method: "GET", onNode: true, params: node } as const;
const timeframes: ParamTable = {
  ...node,
  timeframe: { type: "string", enum: ["hour", "day", "week", "month", "year", "decade"] },
  cf: { type: "string", enum: ["AVERAGE", "MAX"], optional: true },
};
const networkTypes =
  "bridge bond eth alias vlan fabric OVSBridge OVSBond OVSPort OVSIntPort vnet any_bridge any_local_bridge include_sdn".split(
    " ",
  );

/** A node's own state. */
export const statusRoutes: readonly Route[] = [
  { ...local, path: "/nodes/{node}/version", permission: "user", handle: (call) => versionOf(call.cluster) },
  { ...local, path: "/nodes/{node}/status", permission: audit, handle: status },
  {
    ...local,
    path: "/nodes/{node}/network",
    permission: "user",
    params: { ...node, type: { type: "string", enum: networkTypes, optional: true } },
    handle: listNetwork,
  },
  { ...local, path: "/nodes/{node}/rrddata", permission: audit, params: timeframes, handle: rrdData },
  { ...local, path: "/nodes/{node}/netstat", permission: audit, handle: () => [] },
];
