import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import type { Route } from "../../api/route.ts";
import { inTask } from "../../guests/guest-job.ts";
import { digestParam, flagParam, guestPathParams } from "../../guests/guest-params.ts";
import { driveParam, guestPath } from "../options/machine-params.ts";
import { resizeDisk } from "./resize-disk.ts";

/** `PUT /nodes/{node}/qemu/{vmid}/resize`. */
export const resizeRoute: Route = {
  method: "PUT",
  path: `${guestPath}/resize`,
  params: {
    ...guestPathParams,
    disk: driveParam,
    size: { type: "string", pattern: "\\+?\\d+(\\.\\d+)?[KMGT]?" },
    digest: digestParam,
    skiplock: flagParam,
  },
  permission: { perm: "/vms/{vmid}", privs: ["VM.Config.Disk"] },
  onNode: true,
  worker: true,
  handle: resize,
};

async function resize(call: Call): Promise<string> {
  refuseUnlessRoot(call, "skiplock");
  const { params } = call;
  const wanted = {
    key: params.text("disk"),
    size: params.text("size"),
    digest: params.optionalText("digest"),
  };
  return await inTask(call, "resize", (job) => resizeDisk(job, wanted));
}
