import { perCluster } from "../../cluster/per-cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import type { AgentGuest } from "./require-agent.ts";

/** How a command inside a guest ended. */
interface Ended {
  readonly exitcode: number;
  readonly out: string;
  readonly err: string;
}

const commands = perCluster(() => ({ next: 1000, ended: new Map<string, Ended>() }));

/** The few programs that the made-up system has; everything else is "not found", as a shell would say. */
const programs: Readonly<Record<string, (agent: AgentGuest, args: readonly string[]) => Ended>> = {
  true: () => ({ exitcode: 0, out: "", err: "" }),
  false: () => ({ exitcode: 1, out: "", err: "" }),
  echo: (_agent, args) => ({ exitcode: 0, out: `${args.join(" ")}\n`, err: "" }),
  hostname: ({ config, guest }) => ({
    exitcode: 0,
    out: `${config.values["name"] ?? `vm${guest.vmid}`}\n`,
    err: "",
  }),
  uname: () => ({ exitcode: 0, out: "Linux\n", err: "" }),
};

/** Runs a program inside the guest and answers its process id; the outcome is asked for later. */
export function runCommand(agent: AgentGuest, command: readonly string[]): number {
  const [path = "", ...args] = command;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const program = programs[name];
  if (program === undefined) {
    return die(
      `Agent error: Guest agent command failed, error was 'Failed to execute child process “${path}” (No such file or directory)'`,
    );
  }
  const table = commands(agent.call.cluster);
  table.next += 1;
  table.ended.set(`${agent.guest.vmid}:${table.next}`, program(agent, args));
  return table.next;
}

/** How a command ended; the agent forgets it once asked. */
export function commandStatus({ call, guest }: AgentGuest, pid: number): Record<string, unknown> {
  const { ended } = commands(call.cluster);
  const key = `${guest.vmid}:${pid}`;
  const found = ended.get(key) ?? die(`Agent error: PID ${pid} does not exist`);
  ended.delete(key);
  return {
    exited: 1,
    exitcode: found.exitcode,
    ...(found.out === "" ? {} : { "out-data": found.out }),
    ...(found.err === "" ? {} : { "err-data": found.err }),
  };
}
