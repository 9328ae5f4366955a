import type { OpenCluster } from "@coppice/clusters";
import type { ClassMethod, OverlayPoolInputs } from "@coppice/core";
import type { ClassPlan } from "./planned-class.ts";

/** What `auto` comes to: overlays where files and SSH allow them, else Proxmox's own linked clones. */
export function chooseMethod(
  inputs: OverlayPoolInputs,
  cluster: OpenCluster,
  plan: ClassPlan,
): Exclude<ClassMethod, "auto"> {
  if (inputs.method !== "auto") return inputs.method;
  const hasFiles = inputs.base.disks.every(({ slot, format }) => slot === "tpmstate0" || format === "qcow2");
  const hasShell = plan.seats.every(({ node }) => cluster.ssh(node) !== undefined);
  return hasFiles && hasShell ? "overlay" : "linked";
}
