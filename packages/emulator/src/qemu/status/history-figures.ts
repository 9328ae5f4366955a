import type { Cluster } from "../../cluster/cluster.ts";
import { findConfig } from "../config/config-file.ts";
import { currentCpu } from "./current-cpu.ts";
import { guestStatus } from "./guest-status.ts";

/** What a machine's history gets from it as of now; undefined when its node has no such machine. */
export function historyFigures(
  cluster: Cluster,
  node: string,
  vmid: number,
): Record<string, number> | undefined {
  const place = cluster.nodes.get(node);
  const values = findConfig(cluster, node, vmid)?.values;
  if (place === undefined || values === undefined) return undefined;
  return { ...figures(guestStatus(cluster, place, vmid, false)), cpu: currentCpu(cluster, vmid, values) };
}

function figures(status: Readonly<Record<string, unknown>>): Record<string, number> {
  const number = (key: string) => Number(status[key] ?? 0);
  const kept = Object.keys(status).filter((key) => key === "memhost" || key.startsWith("pressure"));
  return {
    maxcpu: number("cpus"),
    maxmem: number("maxmem"),
    mem: number("mem"),
    disk: 0,
    maxdisk: number("maxdisk"),
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    ...Object.fromEntries(kept.map((key) => [key, number(key)])),
  };
}
