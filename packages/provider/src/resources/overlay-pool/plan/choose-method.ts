import type { OpenCluster } from "@coppice/clusters";
import type { ClassMethod, OverlayPoolInputs } from "@coppice/core";
import { hasFiles } from "./has-files.ts";

/** How a run makes machines. */
export interface ChosenMethod {
  readonly madeBy: Exclude<ClassMethod, "auto">;
  /** Why `auto` came to it, as a sentence; undefined where the class names its method itself. */
  readonly methodReason?: string;
}

/** What a method is chosen by. */
export interface MethodQuestion {
  readonly inputs: OverlayPoolInputs;
  readonly cluster: Pick<OpenCluster, "settings">;
  /** The pool that the token's rights on machines end at. */
  readonly createdInPool: string | undefined;
}

/**
 * What `auto` comes to: copied configurations where the cluster allows them, else overlays where files and SSH do, else
 * Proxmox's own linked clones (docs/decisions/0019-auto-takes-bulk-where-the-cluster-allows-it.md).
 */
export function chooseMethod(question: MethodQuestion): ChosenMethod {
  const { method } = question.inputs;
  if (method !== "auto") return { madeBy: method };
  const noOverlays = whyNoOverlays(question);
  if (noOverlays !== undefined) return chosen("linked", noOverlays);
  const noBulk = whyNoBulk(question);
  if (noBulk !== undefined) return chosen("overlay", `'bulk' is not taken, since ${noBulk}`);
  return chosen("bulk", `cluster '${question.cluster.settings.name}' allows it`);
}

function chosen(madeBy: ChosenMethod["madeBy"], why: string): ChosenMethod {
  return { madeBy, methodReason: `Machines are made by '${madeBy}': ${why}.` };
}

/** No node is asked for: one whose host key is not known stands in the way of seats that are made there, and of no others. */
function whyNoOverlays({ inputs, cluster: { settings } }: MethodQuestion): string | undefined {
  if (!hasFiles(inputs.base)) return `the disks on storage '${inputs.base.storage}' are no qcow2 files`;
  return settings.ssh === undefined ? `cluster '${settings.name}' is configured without SSH` : undefined;
}

/** Written configurations are root's, belong to no pool, and name no disks but the template's. */
function whyNoBulk({ inputs, cluster, createdInPool }: MethodQuestion): string | undefined {
  const { name, bulk, ssh } = cluster.settings;
  if (!bulk) return `cluster '${name}' does not allow it`;
  if (createdInPool !== undefined) return `the token's rights end at pool '${createdInPool}'`;
  if (inputs.dataDisk !== undefined) return "data disks are made through the API";
  return ssh?.user === "root" ? undefined : `SSH logs in as '${ssh?.user ?? ""}', not as root`;
}
