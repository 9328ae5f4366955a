import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { guestPathParams } from "../../guests/guest-params.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import type { PendingRow } from "../config/merge-pending.ts";
import { guestPath } from "../options/machine-params.ts";
import { type CloudInitPart, cloudInitText } from "./cloud-init-text.ts";
import { nodeNameservers, writeCloudInit } from "./write-cloud-init.ts";

const options = [
  "cicustom",
  "cipassword",
  "citype",
  "ciuser",
  "ciupgrade",
  "nameserver",
  "searchdomain",
  "sshkeys",
];
const audit = { perm: "/vms/{vmid}", privs: ["VM.Audit"] } as const;

/** Cloud-init: what the drive holds and what has changed since, making it anew, its texts. */
export const cloudInitRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${guestPath}/cloudinit`,
    params: guestPathParams,
    permission: audit,
    onNode: true,
    handle: showChanges,
  },
  {
    method: "PUT",
    path: `${guestPath}/cloudinit`,
    params: guestPathParams,
    permission: { perm: "/vms/{vmid}", privs: ["VM.Config.Cloudinit"] },
    onNode: true,
    worker: true,
    handle: regenerate,
  },
  {
    method: "GET",
    path: `${guestPath}/cloudinit/dump`,
    params: { ...guestPathParams, type: { type: "string", enum: ["user", "network", "meta"] } },
    permission: audit,
    onNode: true,
    handle: dump,
  },
];

function showChanges({ cluster, node, params }: Call): PendingRow[] {
  const config = loadConfig(cluster, node, params.int("vmid"));
  const recorded = config.special["cloudinit"] ?? {};
  const shown = (key: string, value: string) => (key === "cipassword" ? "**********" : value);
  const added = (recorded["added"] ?? "").split(",").filter((key) => key !== "");
  const rows: PendingRow[] = added.map((key) => ({ key, pending: shown(key, config.values[key] ?? "") }));
  for (const key of options) {
    const value = config.values[key];
    if (value === undefined || added.includes(key)) continue;
    const former = recorded[key];
    if (former === undefined) rows.push({ key, value: shown(key, value) });
    else rows.push({ key, value: shown(key, former), pending: shown(key, value) });
  }
  for (const key of Object.keys(recorded)) {
    if (key !== "added" && config.values[key] === undefined) rows.push({ key, delete: 1 });
  }
  return rows;
}

async function regenerate({ cluster, node, params }: Call): Promise<null> {
  const vmid = params.int("vmid");
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    checkLock(config);
    const written = await writeCloudInit({ cluster, node, vmid, log: () => {} }, config);
    if (!written || config.special["cloudinit"] === undefined) return;
    delete config.special["cloudinit"];
    await saveConfig(cluster, node, vmid, config);
  });
  return null;
}

function dump({ cluster, node, identity, params }: Call): string {
  const vmid = params.int("vmid");
  const { values } = loadConfig(cluster, node, vmid);
  const hidePassword = !cluster.allow(identity, `/vms/${vmid}`, ["VM.Config.Cloudinit"]);
  const type = params.text("type");
  const part: CloudInitPart = type === "network" || type === "meta" ? type : "user";
  return cloudInitText({ vmid, values, nameservers: nodeNameservers, hidePassword }, part);
}
