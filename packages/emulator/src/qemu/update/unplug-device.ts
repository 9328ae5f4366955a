import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { answersGuestRequests } from "../../guests/running/guest-system.ts";
import { die } from "../../kernel/pve-error.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { bootDisks } from "../config/boot-order.ts";
import type { DiskJob } from "../disks/disk-job.ts";

/** How long Proxmox waits for the guest to let a device go, and a SCSI controller (qemu_devicedelverify). */
const patience = { device: 6000, controller: 16_000 } as const;

/** Takes a device out of a running machine; the guest must cooperate, and disks it boots from cannot go. */
export async function unplugDevice(job: DiskJob, config: ConfigDraft, key: string): Promise<void> {
  if (bootDisks(config.values).includes(key)) die(`can't unplug bootdisk '${key}'`);
  const guest = guestRuntime(job.cluster).get(job.vmid);
  if (guest === undefined || answersGuestRequests(job.cluster, guest)) return;
  const single = config.values["scsihw"] === "virtio-scsi-single";
  if (key.startsWith("scsi") && !single) return;
  const device = key.startsWith("scsi") ? `virtio${key}` : key;
  await job.cluster.clock.sleep(
    key.startsWith("scsi") ? patience.controller : patience.device,
    job.cluster.stopped,
  );
  die(`error on hot-unplugging device '${device}'${guestWords(job.cluster.version).unplugHint}`);
}
