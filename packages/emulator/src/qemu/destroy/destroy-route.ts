import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import type { Route } from "../../api/route.ts";
import { flagParam, guestPathParams } from "../../guests/guest-params.ts";
import { startTask } from "../../tasks/tasks.ts";
import { guestPath } from "../options/machine-params.ts";
import { checkDestroy, destroyGuest } from "./destroy-guest.ts";

/** `DELETE /nodes/{node}/qemu/{vmid}`. */
export const destroyRoute: Route = {
  method: "DELETE",
  path: guestPath,
  params: {
    ...guestPathParams,
    purge: flagParam,
    skiplock: flagParam,
    "destroy-unreferenced-disks": flagParam,
  },
  permission: { perm: "/vms/{vmid}", privs: ["VM.Allocate"] },
  onNode: true,
  worker: true,
  async handle(call) {
    refuseUnlessRoot(call, "skiplock");
    const { cluster, node, identity, params } = call;
    const wanted = {
      cluster,
      node,
      identity,
      vmid: params.int("vmid"),
      skiplock: params.flag("skiplock"),
      purge: params.flag("purge"),
      unreferenced: params.flag("destroy-unreferenced-disks"),
    };
    checkDestroy(wanted);
    const subject = { node, identity, type: "qmdestroy", id: params.text("vmid") };
    return await startTask(cluster, subject, (task) => destroyGuest(wanted, task));
  },
};
