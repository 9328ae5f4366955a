import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { parseProperties } from "../../guests/config/property-string.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { answersGuestRequests } from "../../guests/running/guest-system.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";

const names = { defaultKey: "enabled", booleans: new Set(["enabled"]) };

/** True when the machine's configuration has the guest agent switched on. */
export function agentEnabled(values: Readonly<ConfigValues>): boolean {
  return parseProperties(values["agent"] ?? "", names)["enabled"] === "1";
}

/** True when the agent inside a running machine answers: its system is up, and has one; that of a CD has none. */
export function agentAnswers(cluster: Cluster, guest: RunningGuest): boolean {
  const { agent = guest.fromCd !== true } = guestRuntime(cluster).behaviour(guest.vmid);
  return agent && answersGuestRequests(cluster, guest);
}
