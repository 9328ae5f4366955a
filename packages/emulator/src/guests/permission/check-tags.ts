import type { Cluster } from "../../kernel/cluster.ts";
import type { Identity } from "../../kernel/identity.ts";

/** Demands VM.Config.Options on the guest itself when its tags change; a pool does not count (pve-behaviour §3.3). */
export function checkTags(
  cluster: Cluster,
  identity: Identity,
  vmid: number,
  former: string,
  tags: string,
): void {
  const split = (text: string) =>
    text
      .split(/[,;\s]+/)
      .filter((tag) => tag !== "")
      .sort()
      .join(";");
  if (split(former) !== split(tags)) cluster.require(identity, `/vms/${vmid}`, ["VM.Config.Options"]);
}
