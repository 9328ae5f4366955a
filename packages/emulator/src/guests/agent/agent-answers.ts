import type { Cluster } from "../../cluster/cluster.ts";
import { guestRuntime } from "../state/guest-runtime.ts";
import { answersGuestRequests } from "../state/guest-system.ts";
import type { RunningGuest } from "../state/running-guest.ts";

/** True when the agent inside a running machine answers: its system is up and nobody said it has no agent. */
export function agentAnswers(cluster: Cluster, guest: RunningGuest): boolean {
  return guestRuntime(cluster).behaviour(guest.vmid).agent !== false && answersGuestRequests(cluster, guest);
}
