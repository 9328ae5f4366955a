import type { RecordedStack, Strays } from "@coppice/clusters";
import type { AddCommand } from "./add-command.ts";

interface ReconcileOptions {
  readonly cluster?: string;
  readonly stack: readonly string[];
  readonly json?: boolean;
}

/** `coppice reconcile`: what states and cluster tell differently; exit code 2 when there is something, 1 when nobody can tell. */
export const addReconcile: AddCommand = (program) => {
  program
    .command("reconcile")
    .description("find machines, disks and marks that the states of stacks and a cluster tell differently")
    .option("--cluster <name>", "the cluster's name, in the project or as it is registered (default: main)")
    .option(
      "--stack <name>",
      "a stack of the project, once for each; else the selected one, if any",
      collect,
      [],
    )
    .option("--json", "print what was found as JSON, for programs")
    .action(async (options: ReconcileOptions) => {
      process.exitCode = await run(options);
    });
};

async function run({ cluster, stack, json = false }: ReconcileOptions): Promise<number> {
  const [{ findStrays, lookForStrays }, { readStates }, { openSharedCluster }, { straysReport }] =
    await Promise.all([
      import("@coppice/clusters"),
      import("../project/read-states.ts"),
      import("../project/open-shared-cluster.ts"),
      import("../output/strays-report.ts"),
    ]);
  const connection = await openSharedCluster(cluster, stack);
  try {
    const { endpoint } = connection.settings;
    const wish = { folder: process.cwd(), stacks: stack, endpoint, environment: process.env };
    const stacks = await readStates(wish);
    const found = withOpen(findStrays(stacks, await lookForStrays(connection, stacks)), stacks);
    const lines = json ? [JSON.stringify(found, undefined, 2)] : straysReport(found, process.stdout.columns);
    process.stdout.write(`${lines.join("\n")}\n`);
    return exitCode(found);
  } finally {
    await connection.close();
  }
}

/** What a run has in hand is in no state yet. */
function withOpen(found: Strays, stacks: readonly RecordedStack[]): Strays {
  const open = new Set(stacks.filter(({ isOpen }) => isOpen).map(({ name }) => name));
  const sentences = [...open].map(
    (name) =>
      `what a run of ${name} has in hand, which is at work or was cut off: look again after the next one`,
  );
  return { ...found, unseen: [...found.unseen, ...sentences] };
}

function exitCode({ strays, unseen }: Strays): number {
  if (strays.length > 0) return 2;
  return unseen.length > 0 ? 1 : 0;
}

function collect(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}
