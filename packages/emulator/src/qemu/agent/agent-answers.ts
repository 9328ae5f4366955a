import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { parseProperties } from "../../guests/config/property-string.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { answersGuestRequests } from "../../guests/running/guest-system.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";

/** True when the machine's configuration has the guest agent switched on. */
export function agentEnabled(values: Readonly<ConfigValues>): boolean {
  return parseProperties(values["agent"] ?? "", { defaultKey: "enabled" })["enabled"] === "1";
}

/** True when the agent inside a running machine answers: its system is up and nobody said it has no agent. */
export function agentAnswers(cluster: Cluster, guest: RunningGuest): boolean {
  return guestRuntime(cluster).behaviour(guest.vmid).agent !== false && answersGuestRequests(cluster, guest);
}
