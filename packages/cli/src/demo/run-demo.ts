import { once } from "node:events";
import type { DemoScreen } from "./demo-screen.ts";
import { DemoStage, seconds } from "./demo-stage.ts";
import { demoSteps } from "./demo-steps.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** Leaves the class and the emulator running until Ctrl-C. */
  readonly keep: boolean;
  readonly screen: DemoScreen;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Runs the whole demo. Nothing is left behind, however it ends. */
export async function runDemo({ keep, screen, signal }: DemoOptions): Promise<void> {
  screen.line(screen.style("bold", "Coppice: a class of virtual machines in seconds"));
  screen.line(
    "  Starting a Proxmox VE 9.2 cluster of three nodes: an emulator in this process, with the waiting",
  );
  screen.line(
    "  times measured on genuine servers. All else is real: Pulumi, SSH, qemu-img, the disk files.",
  );
  const stage = await DemoStage.open(screen, signal);
  try {
    screen.done(`${stage.emulator.url} answers`);
    for (const step of demoSteps(keep)) await step(stage, screen);
    summary(stage, screen);
    if (keep) await untilStopped(stage, screen, signal);
    else
      screen.block([
        "npm run demo -- --keep          the same, and the cluster stays for you to look around",
        ...EXPLORE,
      ]);
  } finally {
    await stage.close();
  }
}

const EXPLORE = [
  "npx coppice new lab-class lab   a project of your own",
  "npx coppice cluster check       what your cluster's token and account lack",
];

function summary(stage: DemoStage, screen: DemoScreen): void {
  screen.heading("What was done, with real commands against emulated servers");
  const width = Math.max(...stage.timings.map(({ what }) => what.length));
  screen.block(stage.timings.map(({ what, ms }) => `${what.padEnd(width)}  ${seconds(ms).padStart(7)}`));
  const all = stage.timings.reduce((sum, { ms }) => sum + ms, 0);
  screen.block([`${"in all".padEnd(width)}  ${seconds(all).padStart(7)}`]);
  screen.heading("Go on from here");
}

async function untilStopped(stage: DemoStage, screen: DemoScreen, signal: AbortSignal): Promise<void> {
  const { folder, emulator } = stage;
  const port = emulator.ssh.get("pve1")?.port ?? 0;
  screen.line("  The cluster and the class are running. In another terminal, in this folder:");
  screen.command(`. ${folder.path}/env.sh`);
  screen.command(`npx coppice pulumi -C ${folder.path} preview --diff`);
  screen.command(
    `curl --cacert ${folder.path}/client/ca.pem -H "Authorization: PVEAPIToken=$DEMO_TOKEN" ${emulator.url}/api2/json/cluster/resources`,
  );
  screen.command(`ssh -i ${folder.path}/client/ssh-key -p ${port} root@127.0.0.1 qm list`);
  screen.line(`  The program is ${folder.path}/index.ts: change it and type \`pulumi up\`.`);
  screen.line("  Ctrl-C stops the cluster and removes everything.");
  // A signal alone keeps no process alive, the emulator's servers do.
  if (!signal.aborted) await once(signal, "abort");
}
