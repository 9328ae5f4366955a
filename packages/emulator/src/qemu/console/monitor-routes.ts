import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import type { Route } from "../../api/route.ts";
import { flagParam, guestPathParams } from "../../guests/guest-params.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { loadConfig } from "../config/config-file.ts";
import { guestPath } from "../options/machine-params.ts";

/** Speaking to a machine as to one on a desk: its keys, its screen, QEMU's monitor. */
export const monitorRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: `${guestPath}/sendkey`,
    params: { ...guestPathParams, key: { type: "string" }, skiplock: flagParam },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] },
    onNode: true,
    worker: true,
    handle(call) {
      refuseUnlessRoot(call, "skiplock");
      demandRunning(call);
      return null;
    },
  },
  {
    method: "POST",
    path: `${guestPath}/spiceproxy`,
    params: { ...guestPathParams, proxy: { type: "string", format: "address", optional: true } },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] },
    onNode: true,
    worker: true,
    // What a machine without a SPICE display answers; no emulated display speaks SPICE.
    handle: () => die("no spice port"),
  },
  {
    method: "POST",
    path: `${guestPath}/monitor`,
    params: { ...guestPathParams, command: { type: "string" } },
    permission: { check: monitorRight },
    onNode: true,
    worker: true,
    handle: monitor,
  },
];

function demandRunning({ cluster, node, params }: Call): void {
  const vmid = params.int("vmid");
  loadConfig(cluster, node, vmid);
  if (guestRuntime(cluster).on(node.name, vmid) === undefined) die(`VM ${vmid} not running`);
}

/** 9.0 asks for system privileges where 8.x had VM.Monitor. */
function monitorRight({ cluster, identity, params }: Call): void {
  const path = `/vms/${params.text("vmid")}`;
  if (cluster.version.privileges.includes("VM.Monitor")) cluster.require(identity, path, ["VM.Monitor"]);
  else cluster.require(identity, path, ["Sys.Audit", "Sys.Modify"], true);
}

/** The only things the monitor knows; QEMU answers the rest like this, too. */
function monitor(call: Call): string {
  demandRunning(call);
  const command = call.params.text("command");
  const { version } = call.cluster;
  if (command === "info version") return `${version.qemu}Debian 1:${guestWords(version).qemuPackage}\r\n`;
  if (command === "info status") return "VM status: running\r\n";
  return `unknown command: '${command}'\r\n`;
}
