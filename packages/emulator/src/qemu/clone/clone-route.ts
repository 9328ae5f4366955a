import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import {
  bandwidthParam,
  flagParam,
  guestPathParams,
  snapshotNameParam,
  storageParam,
  vmidParam,
} from "../../guests/guest-params.ts";
import { startTask } from "../../tasks/tasks.ts";
import { guestPath, imageFormat, imageFormatParam } from "../options/machine-params.ts";
import { type CloneRequest, checkClone } from "./check-clone.ts";
import { claimNumber } from "./claim-number.ts";
import { cloneGuest } from "./clone-guest.ts";

/** `POST /nodes/{node}/qemu/{vmid}/clone`. */
export const cloneRoute: Route = {
  method: "POST",
  path: `${guestPath}/clone`,
  params: {
    ...guestPathParams,
    newid: vmidParam,
    name: { type: "string", format: "dns-name", optional: true },
    description: { type: "string", optional: true },
    pool: { type: "string", format: "pve-poolid", optional: true },
    snapname: { ...snapshotNameParam, optional: true },
    storage: storageParam,
    format: imageFormatParam,
    full: flagParam,
    target: { type: "string", format: "pve-node", optional: true },
    bwlimit: bandwidthParam,
  },
  permission: {
    and: [
      { perm: "/vms/{vmid}", privs: ["VM.Clone"] },
      {
        or: [
          { perm: "/vms/{newid}", privs: ["VM.Allocate"] },
          { perm: "/pool/{pool}", privs: ["VM.Allocate"], requireParam: "pool" },
        ],
      },
    ],
  },
  onNode: true,
  worker: true,
  async handle(call) {
    const request = requestOf(call);
    checkClone(request);
    const { cluster, node, identity, vmid } = request;
    const leaves = () => claimNumber(request);
    const subject = { node, identity, type: "qmclone", id: String(vmid), leaves };
    return await startTask(cluster, subject, (task) => cloneGuest(request, task));
  },
};

function requestOf({ cluster, node, identity, params }: Call): CloneRequest {
  const target = params.optionalText("target");
  const elsewhere = target !== undefined && target !== node.name && target !== "localhost";
  return {
    cluster,
    node,
    identity,
    vmid: params.int("vmid"),
    newid: params.int("newid"),
    name: params.optionalText("name"),
    description: params.optionalText("description"),
    pool: params.optionalText("pool"),
    snapshot: params.optionalText("snapname"),
    storage: params.optionalText("storage"),
    format: imageFormat(params.optionalText("format")),
    full: params.optionalFlag("full"),
    target: elsewhere ? cluster.node(target) : undefined,
  };
}
