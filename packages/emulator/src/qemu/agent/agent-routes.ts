import type { Call } from "../../api/call.ts";
import type { Permission } from "../../api/permission.ts";
import type { Route } from "../../api/route.ts";
import { guestPathParams } from "../../guests/guest-params.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { forbidden } from "../../kernel/pve-error.ts";
import { guestPath } from "../options/machine-params.ts";
import { actionResult, agentActions, agentReads } from "./agent-answers-data.ts";
import { requireAgent } from "./require-agent.ts";
import { commandStatus, runCommand } from "./run-command.ts";

/** Before 9.0 one privilege covered the whole agent (pve-access-control 9.0.2). */
function agentRight(...names: readonly string[]): Permission {
  return {
    check({ cluster, identity, params }: Call) {
      const privileges = cluster.version.privileges.includes("VM.Monitor")
        ? ["VM.Monitor"]
        : [...names.map((name) => `VM.GuestAgent.${name}`), "VM.GuestAgent.Unrestricted"];
      const path = `/vms/${params.text("vmid")}`;
      if (!cluster.allow(identity, path, privileges, true)) throw forbidden(path, privileges);
    },
  };
}

function route(
  method: "GET" | "POST",
  command: string,
  permission: Permission,
  handle: (call: Call) => unknown,
): Route {
  const path = `${guestPath}/agent/${command}`;
  return { method, path, params: guestPathParams, permission, onNode: true, worker: true, handle };
}

function act(command: string) {
  return (call: Call) => {
    requireAgent(call);
    return { result: actionResult(command) };
  };
}

export const agentRoutes: readonly Route[] = [
  ...Object.entries(agentReads).map(([command, answer]) =>
    route("GET", command, agentRight("Audit"), (call) => ({ result: answer(requireAgent(call)) })),
  ),
  ...agentActions.map((command) =>
    route("POST", command, agentRight(command === "ping" ? "Audit" : "FileSystemMgmt"), act(command)),
  ),
  {
    ...route("POST", "exec", agentRight(), (call) => ({
      pid: runCommand(requireAgent(call), call.params.list("command")),
    })),
    params: {
      ...guestPathParams,
      command: { type: "array", items: { type: "string" } },
      "input-data": { type: "string", maxLength: 65_536, optional: true },
    },
  },
  {
    ...route("GET", "exec-status", agentRight(), (call) =>
      commandStatus(requireAgent(call), call.params.int("pid")),
    ),
    params: { ...guestPathParams, pid: { type: "integer" } },
  },
  { ...route("POST", "shutdown", { perm: "/vms/{vmid}", privs: ["VM.PowerMgmt"] }, shutdown) },
  {
    ...route("GET", "", "user", () =>
      [...Object.keys(agentReads), ...agentActions].sort().map((name) => ({ name })),
    ),
    path: `${guestPath}/agent`,
  },
];

function shutdown(call: Call): unknown {
  const { guest } = requireAgent(call);
  guestRuntime(call.cluster).remove(guest.vmid);
  return { result: {} };
}
