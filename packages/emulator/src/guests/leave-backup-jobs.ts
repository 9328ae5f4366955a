import type { Cluster } from "../cluster/cluster.ts";
import { cfsLock } from "../cluster/locks.ts";
import type { Node } from "../cluster/node.ts";
import { formatSections, parseSections } from "../cluster/section-config.ts";

const file = "jobs.cfg";

/**
 * Takes a guest out of the backup jobs that name it; a job that named no other goes with it (pve-guest-common 6.0.2,
 * VZDump/Plugin.pm, remove_vmid_from_backup_jobs).
 */
export async function leaveBackupJobs(cluster: Cluster, node: Node, vmid: number): Promise<void> {
  await cfsLock(cluster, node, `file-${file.replace(".", "_")}`, async () => {
    const text = cluster.files.read(file) ?? "";
    const jobs = parseSections(text);
    for (const [id, { type, options }] of jobs) {
      if (type !== "vzdump") continue;
      if (options["vmid"] !== undefined) options["vmid"] = without(options["vmid"], vmid);
      else if (options["exclude"] !== undefined) options["exclude"] = without(options["exclude"], vmid);
      if (options["vmid"] === "") jobs.delete(id);
      if (options["exclude"] === "") delete options["exclude"];
    }
    const left = formatSections(jobs);
    if (left !== text) node.files.write(file, left);
  });
}

function without(list: string, vmid: number): string {
  return list
    .split(/[,;\s]+/)
    .filter((each) => each !== "" && each !== String(vmid))
    .join(",");
}
