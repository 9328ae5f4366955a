import type { AddCommand } from "./add-command.ts";

/** `coppice demo`: a class of 25 on an emulated cluster, from nothing to nothing. */
export const addDemo: AddCommand = (program) => {
  program
    .command("demo")
    .description("deploy a class of 25 on an emulated cluster, change it, publish to it and remove it again")
    .option("--keep", "leave cluster and class running until Ctrl-C, to look around")
    .action(async ({ keep = false }: { keep?: boolean }) => {
      process.exitCode = await demo(keep);
    });
};

async function demo(keep: boolean): Promise<number> {
  const [{ runDemo }, { Screen }] = await Promise.all([
    import("../demo/run-demo.ts"),
    import("../output/screen.ts"),
  ]);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await runDemo({ keep, screen: new Screen(process.stdout), signal: stop.signal });
    return 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    // As a shell reports a program that Ctrl-C ended.
    return 130;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
