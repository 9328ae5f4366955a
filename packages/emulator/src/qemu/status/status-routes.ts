import type { Route } from "../../api/route.ts";
import { parseProperties } from "../../guests/config/property-string.ts";
import { guestHistory } from "../../guests/guest-history.ts";
import { guestIndex } from "../../guests/guest-index.ts";
import { flagParam, guestPathParams } from "../../guests/guest-params.ts";
import { haOf } from "../../ha/ha-status.ts";
import { agentEnabled } from "../agent/agent-answers.ts";
import { loadConfig } from "../config/config-file.ts";
import { guestPath } from "../options/machine-params.ts";
import { guestStatus } from "./guest-status.ts";

const node = { node: { type: "string", format: "pve-node" } } as const;
const audit = { perm: "/vms/{vmid}", privs: ["VM.Audit"] } as const;
const subdirs = [
  "config",
  "cloudinit",
  "pending",
  "status",
  "unlink",
  "vncproxy",
  "termproxy",
  "migrate",
  "resize",
  "move",
  "rrd",
  "rrddata",
  "monitor",
  "agent",
  "snapshot",
  "spiceproxy",
  "sendkey",
  "firewall",
  "mtunnel",
  "remote_migrate",
];

/** Lists, states and history of machines. */
export const statusRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/qemu",
    params: { ...node, full: flagParam },
    permission: "user",
    onNode: true,
    worker: true,
    handle: ({ cluster, node, identity, params }) =>
      [...guestIndex(cluster).on(node.name, "qemu")]
        .filter((vmid) => cluster.allow(identity, `/vms/${vmid}`, ["VM.Audit"]))
        .map((vmid) => guestStatus(cluster, node, vmid, params.flag("full"))),
  },
  {
    method: "GET",
    path: guestPath,
    params: guestPathParams,
    permission: "user",
    onNode: true,
    handle: () => subdirs.map((subdir) => ({ subdir })),
  },
  {
    method: "GET",
    path: `${guestPath}/status`,
    params: guestPathParams,
    permission: "user",
    onNode: true,
    handle: () =>
      ["current", "start", "stop", "reset", "shutdown", "suspend", "reboot"].map((subdir) => ({ subdir })),
  },
  {
    method: "GET",
    path: `${guestPath}/status/current`,
    params: guestPathParams,
    permission: audit,
    onNode: true,
    worker: true,
    handle({ cluster, node, params }) {
      const vmid = params.int("vmid");
      const { values } = loadConfig(cluster, node, vmid);
      const vga = parseProperties(values["vga"] ?? "", { defaultKey: "type" });
      return {
        ...guestStatus(cluster, node, vmid, true),
        ha: haOf(cluster, { kind: "qemu", vmid }),
        ...(/^(?:virtio|qxl)/.test(vga["type"] ?? "") ? { spice: 1 } : {}),
        ...(vga["clipboard"] === undefined ? {} : { clipboard: vga["clipboard"] }),
        ...(agentEnabled(values) ? { agent: 1 } : {}),
      };
    },
  },
  {
    method: "GET",
    path: `${guestPath}/rrddata`,
    params: {
      ...guestPathParams,
      timeframe: { type: "string", enum: ["hour", "day", "week", "month", "year"] },
      cf: { type: "string", enum: ["AVERAGE", "MAX"], optional: true },
    },
    permission: audit,
    worker: true,
    handle: ({ cluster, params }) => guestHistory(cluster).rows(params.int("vmid"), params.text("timeframe")),
  },
];
