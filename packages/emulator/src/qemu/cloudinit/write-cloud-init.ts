import type { GuestConfig } from "../../guests/config/guest-config.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { cloudInitBytes } from "../disks/create-disks.ts";
import type { DiskJob } from "../disks/disk-job.ts";
import { cloudInitDrive } from "./cloud-init-drive.ts";
import { cloudInitText } from "./cloud-init-text.ts";

/** The name servers of a node whose resolv.conf nobody changed. */
export const nodeNameservers = ["10.255.255.53"];

/**
 * Writes the cloud-init drive anew, making its volume first when it is not there. The volume is a real one of 4 MiB; what
 * lies in it is a plain container of the three texts, not an ISO file system: nothing here boots from it.
 */
export async function writeCloudInit(
  job: Pick<DiskJob, "cluster" | "node" | "vmid" | "log">,
  config: GuestConfig,
): Promise<boolean> {
  const found = cloudInitDrive(config.values);
  if (found === undefined) return false;
  const service = volumes(job.cluster);
  const { file } = found.drive;
  if (!service.exists(job.node, file)) await allocateAgain(job, file);
  job.log("generating cloud-init ISO");
  const source = { vmid: job.vmid, values: config.values, nameservers: nodeNameservers };
  const parts = (["meta", "user", "network"] as const).map(
    (part) => `== ${part}\n${cloudInitText(source, part)}`,
  );
  await service.writeContent(job.node, file, Buffer.from(parts.join("")));
  return true;
}

async function allocateAgain(
  job: Pick<DiskJob, "cluster" | "node" | "vmid" | "log">,
  volid: string,
): Promise<void> {
  const service = volumes(job.cluster);
  const { storage, name, format } = service.parse(volid);
  await service.allocate(
    job.node,
    storage,
    { vmid: job.vmid, format, sizeBytes: cloudInitBytes, name },
    job.log,
  );
}
