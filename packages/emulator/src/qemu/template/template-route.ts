import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { inTask, subjectOf } from "../../guests/guest-job.ts";
import { guestPathParams } from "../../guests/guest-params.ts";
import { driveParam, guestPath } from "../options/machine-params.ts";
import { checkTemplate, templateGuest } from "./template-guest.ts";

/** `POST /nodes/{node}/qemu/{vmid}/template`. */
export const templateRoute: Route = {
  method: "POST",
  path: `${guestPath}/template`,
  params: { ...guestPathParams, disk: { ...driveParam, optional: true } },
  permission: { perm: "/vms/{vmid}", privs: ["VM.Allocate"] },
  onNode: true,
  worker: true,
  handle: template,
};

async function template(call: Call): Promise<string> {
  const disk = call.params.optionalText("disk");
  checkTemplate(subjectOf(call), disk);
  return await inTask(call, "qmtemplate", (job) => templateGuest(job, disk));
}
