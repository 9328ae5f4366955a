import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { die } from "../../kernel/pve-error.ts";
import { checkLock, loadConfig, lockConfig } from "../config/config-file.ts";

/** Lets a machine stand still. */
export async function pauseGuest(job: GuestJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, paused: true }));
}

/** Lets a machine that stands still go on. */
export async function resumeGuest(job: GuestJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, paused: false }));
}

/** Presses the reset button: the system boots anew, QEMU stays. */
export async function resetGuest(job: GuestJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, bootedAt: job.cluster.clock.now() }));
}

async function change(job: GuestJob, next: (guest: RunningGuest) => RunningGuest): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const config = loadConfig(cluster, node, vmid);
    if (job.skiplock !== true && config.values["lock"] !== "backup") checkLock(config);
    const runtime = guestRuntime(cluster);
    runtime.put(next(runtime.get(vmid) ?? die(`VM ${vmid} not running`)));
  });
}
