import type { Call } from "../../api/call.ts";
import { die } from "../../kernel/pve-error.ts";
import type { GuestConfig } from "../config/guest-config.ts";
import { guestRuntime } from "../state/guest-runtime.ts";
import { loadConfig } from "../state/load-config.ts";
import type { RunningGuest } from "../state/running-guest.ts";
import { agentAnswers } from "./agent-answers.ts";
import { agentEnabled } from "./agent-enabled.ts";

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
