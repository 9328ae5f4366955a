import type { Call } from "../api/call.ts";
import { notImplemented } from "../api/not-implemented.ts";
import type { Route } from "../api/route.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { kindNames } from "../guests/guest-kind.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";

/** A taken id is refused before anything else is looked at (recorded, multinode n 116); no container can be made here. */
function create({ cluster, node, params }: Call): never {
  const vmid = params.int("vmid");
  const holder = guestIndex(cluster).find(vmid);
  if (holder !== undefined)
    die(`${kindNames[holder.kind].word} ${vmid} already exists on node '${holder.node}'`);
  return notImplemented(cluster, "POST", `/nodes/${node.name}/lxc`);
}

/** Containers: as much of them as concerns machines. */
export const lxcRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/nodes/{node}/lxc",
    permission: "user",
    onNode: true,
    worker: true,
    params: { node: commonParams.node, vmid: commonParams.vmid },
    additional: true,
    handle: create,
  },
];
