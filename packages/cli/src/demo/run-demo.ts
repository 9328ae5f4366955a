import { once } from "node:events";
import type { Screen } from "../output/screen.ts";
import { typedCommand } from "../output/typed-command.ts";
import { DemoStage, seconds } from "./demo-stage.ts";
import { type DemoStep, demoSteps } from "./demo-steps.ts";
import { goOn } from "./go-on.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** Leaves the class and the emulator running until Ctrl-C. */
  readonly keep: boolean;
  readonly screen: Screen;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** What is shown. @default everything */
  readonly steps?: readonly DemoStep[];
}

/** Runs the whole demo. Nothing is left behind, however it ends. */
export async function runDemo({ keep, screen, signal, steps = demoSteps(keep) }: DemoOptions): Promise<void> {
  screen.line(screen.style("bold", "Coppice: a class of virtual machines in seconds"));
  screen.line("  Starting a Proxmox VE 9.2 cluster of three nodes: an emulator in this");
  screen.line("  process, with the waiting times of genuine servers. All else is real:");
  screen.line("  Pulumi, SSH, qemu-img, the disk files.");
  const stage = await DemoStage.open(screen, signal);
  try {
    screen.done(`${stage.emulator.url} answers`);
    for (const step of steps) await step(stage, screen);
    summary(stage, screen);
    if (keep) await untilStopped(stage, screen, signal);
    else screen.block(goOn(typedCommand(process.env["PATH"])));
  } finally {
    await stage.close();
  }
}

const WHILE_RUNNING = [
  "node_modules/.bin/coppice pulumi -C $DEMO preview --diff",
  "node_modules/.bin/coppice list",
  "node_modules/.bin/coppice pulumi -C $DEMO stack output seats",
  "ssh -F $DEMO/client/ssh pve1 qm list",
  "curl -sK $DEMO/client/curl $DEMO_URL/api2/json/cluster/resources",
];

function summary(stage: DemoStage, screen: Screen): void {
  screen.heading("What was done, with real commands against emulated servers");
  const width = Math.max(...stage.timings.map(({ what }) => what.length));
  screen.block(stage.timings.map(({ what, ms }) => `${what.padEnd(width)}  ${seconds(ms).padStart(7)}`));
  const all = stage.timings.reduce((sum, { ms }) => sum + ms, 0);
  screen.block([`${"in all".padEnd(width)}  ${seconds(all).padStart(7)}`]);
  screen.heading("Go on from here");
}

async function untilStopped(stage: DemoStage, screen: Screen, signal: AbortSignal): Promise<void> {
  const { path } = stage.folder;
  screen.line("  The cluster and the class are running. In another terminal, in this folder:");
  screen.command(`. ${path}/env.sh`);
  for (const command of WHILE_RUNNING) screen.command(command);
  screen.line("  The program is $DEMO/index.ts: change it, and preview again.");
  screen.line("  Ctrl-C stops the cluster and removes everything.");
  // A signal alone keeps no process alive, the emulator's servers do.
  if (!signal.aborted) await once(signal, "abort");
}
