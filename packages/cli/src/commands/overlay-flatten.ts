import type { FlattenPlan, OpenCluster } from "@coppice/clusters";
import type { AddCommand } from "./add-command.ts";
import { wholeNumber } from "./flags/numbers.ts";

interface FlattenOptions {
  readonly storage?: string;
  readonly stack?: string;
  readonly yes?: boolean;
}

/** `coppice overlay flatten`: copies a machine's disks out of the template that they stand on. */
export const addOverlayFlatten: AddCommand = (program) => {
  program
    .command("overlay")
    .description("work on the disks of single machines")
    .command("flatten")
    .description("copy a stopped machine's disks out of the template that they stand on")
    .argument("<cluster>", "the cluster's name, in the project or as it is registered")
    .argument("<vmid>", "the machine", wholeNumber(100, 999_999_999))
    .option("--storage <id>", "where the copies go; else they stay on the storage that they are on")
    .option(
      "--stack <name>",
      "the stack whose configuration counts; else the selected one, the registry, or PROXMOX_VE_…",
    )
    .option("-y, --yes", "do it without a question")
    .action(async (cluster: string, vmid: number, options: FlattenOptions) => {
      const { openWished } = await import("../project/open-wished.ts");
      const connection = await openWished({ cluster, stack: options.stack });
      try {
        process.exitCode = await run(connection, vmid, options);
      } finally {
        await connection.close();
      }
    });
};

async function run(cluster: OpenCluster, vmid: number, { storage, yes }: FlattenOptions): Promise<number> {
  const [{ flattenMachine, lookAtMachine, planFlatten }, { flattenLines }, { systemClock }] =
    await Promise.all([
      import("@coppice/clusters"),
      import("../output/flatten-lines.ts"),
      import("@coppice/core"),
    ]);
  const plan = planFlatten(await lookAtMachine(cluster, vmid, storage), storage);
  tell(flattenLines(plan, process.stdout.columns));
  if (yes !== true && !(await isConfirmed(plan))) {
    tell(["Nothing was changed."]);
    return 1;
  }
  const signal = await cancelledByCtrlC();
  const context = { signal, clock: systemClock, report: () => undefined };
  await flattenMachine({ cluster, context, tell: (words) => tell([words]) }, plan);
  tell([`Machine ${vmid} stands on no template any more.`]);
  return 0;
}

function tell(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Who is not there to be asked has to say so before. */
async function isConfirmed({ place }: FlattenPlan): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    tell(["Say --yes where nobody can be asked."]);
    return false;
  }
  const [{ TerminalQuestions }, { InterruptedError }] = await Promise.all([
    import("../terminal/terminal-questions.ts"),
    import("../terminal/interrupted-error.ts"),
  ]);
  const questions = new TerminalQuestions(process.stdin, process.stdout);
  try {
    return await questions.confirm(`Copy the disks of machine ${place.vmid}?`);
  } catch (error) {
    if (error instanceof InterruptedError) return false;
    throw error;
  } finally {
    questions.close();
  }
}

/** The step in hand is ended first; a second Ctrl-C ends the command, and Proxmox goes on with that step. */
async function cancelledByCtrlC(): Promise<AbortSignal> {
  const [{ CoppiceError }, { untilSignal }] = await Promise.all([
    import("@coppice/core"),
    import("./emulator/until-signal.ts"),
  ]);
  const abort = new AbortController();
  void untilSignal().then(() => {
    tell(["Ending after the step in hand."]);
    abort.abort(new CoppiceError("provider.interrupted", { what: "Stopped before it was done" }));
  });
  return abort.signal;
}
