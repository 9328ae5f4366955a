import type { Call } from "../../api/call.ts";
import type { GuestConfig } from "../../guests/config/guest-config.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { die } from "../../kernel/pve-error.ts";
import { loadConfig } from "../config/config-file.ts";
import { agentAnswers, agentEnabled } from "./agent-answers.ts";

/** A machine whose agent answers. */
export interface AgentGuest {
  readonly call: Call;
  readonly guest: RunningGuest;
  readonly config: GuestConfig;
}

/** The machine of a call when its agent is configured and answers, or the genuine refusals. */
export function requireAgent(call: Call): AgentGuest {
  const { cluster, node, params } = call;
  const vmid = params.int("vmid");
  const config = loadConfig(cluster, node, vmid);
  if (!agentEnabled(config.values)) die("No QEMU guest agent configured");
  const guest = guestRuntime(cluster).on(node.name, vmid) ?? die(`VM ${vmid} is not running`);
  if (!agentAnswers(cluster, guest)) die("QEMU guest agent is not running");
  return { call, guest, config };
}
