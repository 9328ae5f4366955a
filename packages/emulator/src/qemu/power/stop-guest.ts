import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { shutdownTime } from "../../guests/running/guest-system.ts";
import { die } from "../../kernel/pve-error.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { agentAnswers, agentEnabled } from "../agent/agent-answers.ts";
import { checkLock, editConfig, lockConfig } from "../config/config-file.ts";
import { applyPending } from "../update/apply-pending.ts";
import { noteEnd } from "./clean-up.ts";
import { startLocked } from "./start-guest.ts";

export interface StopOptions {
  /** Ask the system inside instead of pulling the plug. */
  readonly shutdown: boolean;
  /** Pull the plug when the system has not stopped in time. */
  readonly force: boolean;
  /** Seconds; 60 when missing, or what `startup` says. */
  readonly timeout?: number | undefined;
}

/** How long the agent is waited for when it is asked whether it runs, in milliseconds. */
const agentPatience = 3000;

/** Stops a machine under its lock; one that does not run is fine (qemu-server 9.2.6, vm_stop). */
export async function stopGuest(job: GuestJob, options: StopOptions): Promise<void> {
  await lockConfig(job.cluster, job.node, job.vmid, () => stopLocked(job, options));
}

/** Shuts a machine down and starts it again, which brings pending changes into force. */
export async function rebootGuest(job: GuestJob, timeout: number | undefined): Promise<void> {
  await lockConfig(job.cluster, job.node, job.vmid, async () => {
    if (guestRuntime(job.cluster).get(job.vmid) === undefined) return;
    await stopLocked(job, { shutdown: true, force: false, timeout });
    await startLocked(job);
  });
}

async function stopLocked(job: GuestJob, options: StopOptions): Promise<void> {
  const { cluster, node, vmid } = job;
  if (guestRuntime(cluster).get(vmid) === undefined) return;
  const config = editConfig(cluster, node, vmid);
  if (job.skiplock !== true) checkLock(config);
  if (options.shutdown && !(await shutDown(job, config, options))) {
    if (!options.force) die("VM quit/powerdown failed - got timeout");
    job.log("VM still running - terminating now with SIGTERM");
  }
  guestRuntime(cluster).remove(vmid);
  noteEnd(job);
  if (Object.keys(config.pending).length + config.pendingDelete.size > 0) {
    await applyPending({ ...job, present: config.values }, config);
  }
}

/** Asks the system inside to stop; true when it did so in time. */
async function shutDown(job: GuestJob, config: ConfigDraft, { timeout }: StopOptions): Promise<boolean> {
  const { cluster, vmid } = job;
  const guest = guestRuntime(cluster).get(vmid);
  if (guest === undefined) return true;
  const signal = job.signal ?? cluster.stopped;
  if (agentEnabled(config.values) && !agentAnswers(cluster, guest)) {
    await cluster.clock.sleep(agentPatience, signal);
    const { agentChannel } = guestWords(cluster.version);
    job.log(
      `QEMU Guest Agent is not running - VM ${vmid} ${agentChannel} command 'guest-ping' failed - got timeout`,
    );
  }
  const down = /(?:^|,)down=(\d+)/.exec(config.values["startup"] ?? "")?.[1];
  const patience = (timeout ?? Number(down ?? 60)) * 1000;
  const needed = shutdownTime(cluster, guest);
  const inTime = needed !== undefined && needed < patience;
  await cluster.clock.sleep(inTime ? needed : patience, signal);
  return inTime;
}
