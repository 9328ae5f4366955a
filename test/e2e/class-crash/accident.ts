import { readdirSync, readFileSync } from "node:fs";
import type { RunningCommand } from "@coppice/testkit";
import type { CrashLab } from "./crash-lab.ts";
import { descendants } from "./descendants.ts";
import type { Accident } from "./moment.ts";

/** What goes wrong. */
export type AccidentName = keyof typeof accidents;

const kill = (pid: number | undefined): void => {
  if (pid === undefined) throw new Error("the process to kill is not there");
  process.kill(pid, "SIGKILL");
};

const accidents = {
  "the engine is killed": (_, run) => kill(run.pid),
  "engine and plugin are killed": (_, { pid = 0 }) => {
    for (const each of [pid, ...descendants(pid)]) kill(each);
  },
  "the plugin is killed": (_, run) => kill(pluginOf(run)),
  "Ctrl-C": (_, run) => run.signal("SIGINT"),
  // Not its link: the genuine time-outs of 30 s, which the emulator keeps, would prove nothing more.
  "a node goes away": ({ cluster: { control } }) => {
    control.setNode("pve2", { online: false });
    control.faults.add({ match: { node: "pve2" }, effect: { kind: "ssh-refused" } });
  },
  "quorum is lost": ({ cluster }) => {
    void cluster.control.expectVotes(7);
  },
  "the answer is lost": () => ({ drop: true }),
  "no worker starts": () => ({ lost: true }),
  "sshd is cut": () => ({ cutAfterBytes: 6000 }),
} satisfies Record<string, (lab: CrashLab, run: RunningCommand) => ReturnType<Accident> | void>;

/** An accident to a running command. */
export function accidentTo(lab: CrashLab, run: RunningCommand, name: AccidentName): Accident {
  return () => accidents[name](lab, run) ?? undefined;
}

/** The process id of the plugin that an engine has started. */
export function pluginOf({ pid }: RunningCommand): number | undefined {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" "),
  );
  return children
    .filter((child) => child !== "")
    .map(Number)
    .find(isPlugin);
}

function isPlugin(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("pulumi-resource-coppice");
}
