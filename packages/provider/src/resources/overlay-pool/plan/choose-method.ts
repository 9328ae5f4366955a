import type { OpenCluster } from "@coppice/clusters";
import type { ClassMethod, OverlayPoolInputs } from "@coppice/core";
import { hasFiles } from "./has-files.ts";
import type { ClassPlan } from "./planned-class.ts";

/** What `auto` comes to: overlays where files and SSH allow them, else Proxmox's own linked clones. */
export function chooseMethod(
  inputs: OverlayPoolInputs,
  cluster: OpenCluster,
  plan: ClassPlan,
): Exclude<ClassMethod, "auto"> {
  if (inputs.method !== "auto") return inputs.method;
  const hasShell = plan.seats.every(({ node }) => cluster.ssh(node) !== undefined);
  return hasFiles(inputs.base) && hasShell ? "overlay" : "linked";
}
