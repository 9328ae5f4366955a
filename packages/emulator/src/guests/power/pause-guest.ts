import { die } from "../../kernel/pve-error.ts";
import { checkLock, lockConfig } from "../state/config-lock.ts";
import { guestRuntime } from "../state/guest-runtime.ts";
import { loadConfig } from "../state/load-config.ts";
import type { RunningGuest } from "../state/running-guest.ts";
import type { PowerJob } from "./start-guest.ts";

/** Lets a machine stand still. */
export async function pauseGuest(job: PowerJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, paused: true }));
}

/** Lets a machine that stands still go on. */
export async function resumeGuest(job: PowerJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, paused: false }));
}

/** Presses the reset button: the system boots anew, QEMU stays. */
export async function resetGuest(job: PowerJob): Promise<void> {
  await change(job, (guest) => ({ ...guest, bootedAt: job.cluster.clock.now() }));
}

async function change(job: PowerJob, next: (guest: RunningGuest) => RunningGuest): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const config = loadConfig(cluster, node, vmid);
    if (job.skiplock !== true && config.values["lock"] !== "backup") checkLock(config);
    const runtime = guestRuntime(cluster);
    runtime.put(next(runtime.get(vmid) ?? die(`VM ${vmid} not running`)));
  });
}
