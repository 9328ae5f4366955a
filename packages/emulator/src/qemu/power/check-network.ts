import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { hasBridge } from "../../guests/node-bridges.ts";
import { die } from "../../kernel/pve-error.ts";
import { parseNet } from "../config/net-device.ts";

/** The scripts that plug a card into its bridge and out of it (qemu-server 8.4.10 and 9.2.6, print_netdev_full). */
const folder = "/usr/libexec/qemu-server";

/**
 * Refuses to start a machine whose bridge the node does not have. Creates and changes take any name; the start's task
 * alone tells, in its log: its status says no more than that QEMU ended (docs/proxmox-facts.md#failed-starts).
 */
export function checkNetwork({ cluster, node, vmid, log }: GuestJob, values: Readonly<ConfigValues>): void {
  for (const key of Object.keys(values)
    .filter((name) => /^net\d+$/.test(name))
    .sort()) {
    const { bridge } = parseNet(values[key] ?? "");
    if (bridge === undefined || hasBridge(cluster, node, bridge)) continue;
    const card = key.slice("net".length);
    log(`bridge '${bridge}' does not exist`);
    log(
      `kvm: -netdev type=tap,id=${key},ifname=tap${vmid}i${card},script=${folder}/pve-bridge,downscript=${folder}/pve-bridgedown,vhost=on: network script ${folder}/pve-bridge failed with status 512`,
    );
    die("start failed: QEMU exited with code 1");
  }
}
