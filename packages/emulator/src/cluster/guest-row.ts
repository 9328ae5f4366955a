import { bootDisks } from "../guests/config/boot-order.ts";
import { parseDrive } from "../guests/config/drive.ts";
import { parseDriveSize } from "../guests/config/drive-size.ts";
import type { GuestConfig } from "../guests/config/guest-config.ts";
import { memoryMib } from "../guests/config/memory.ts";
import { guestRuntime } from "../guests/state/guest-runtime.ts";
import { guestStore } from "../guests/state/guest-store.ts";
import type { Cluster } from "../kernel/cluster.ts";
import type { Node } from "../kernel/node.ts";

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

function bootDiskBytes(config: GuestConfig): number {
  for (const name of bootDisks(config.values)) {
    const drive = parseDrive(config.values[name] ?? "");
    const size = drive["media"] === "cdrom" ? undefined : drive["size"];
    if (size !== undefined) return parseDriveSize(size) ?? 0;
  }
  return 0;
}

function numberOf(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : Number(text);
}

/** The vCPUs a guest has, never more than the host. */
function cpusOf(config: GuestConfig, node: Node): number {
  const { cores, sockets, vcpus } = config.values;
  const all = numberOf(cores, 1) * numberOf(sockets, 1);
  return Math.min(numberOf(vcpus, all), all, node.hardware.cpus);
}

/** The share of its vCPUs that a guest uses, bounded by its limit. */
function cpuShare(config: GuestConfig, cpus: number, demand: number): number {
  const limit = numberOf(config.values["cpulimit"], 0);
  const granted = Math.min(demand, cpus, limit > 0 ? limit : cpus);
  return granted / cpus;
}

/** A guest's figures as of now; undefined when the node has no such guest. */
export function guestRow(cluster: Cluster, node: Node, vmid: number): GuestRow | undefined {
  const config = guestStore(cluster).config(node.name, vmid);
  if (config === undefined) return undefined;
  const runtime = guestRuntime(cluster);
  const running = runtime.on(node.name, vmid);
  const behaviour = runtime.behaviour(vmid);
  const cpus = cpusOf(config, node);
  const maxmem = memoryMib(config.values["memory"]) * 1024 ** 2;
  const mem = running === undefined ? 0 : Math.min(maxmem, behaviour.memoryBytes ?? Math.floor(maxmem * 0.3));
  return {
    status: running === undefined ? "stopped" : "running",
    name: config.values["name"] ?? `VM ${vmid}`,
    template: config.values["template"] === "1" ? 1 : 0,
    uptime: running === undefined ? 0 : Math.floor((cluster.clock.now() - running.startedAt) / 1000),
    cpu: running === undefined ? 0 : cpuShare(config, cpus, behaviour.cpuDemand ?? 0.02),
    maxcpu: cpus,
    mem,
    maxmem,
    disk: 0,
    maxdisk: bootDiskBytes(config),
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    ...(cluster.version.features.memhost ? { memhost: mem } : {}),
  };
}
