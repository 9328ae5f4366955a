import type { CommandResult } from "@coppice/testkit";
import { processEnded } from "../doors/process-ended.ts";
import { type AccidentName, accidentTo, pluginOf } from "./accident.ts";
import type { CrashLab } from "./crash-lab.ts";
import { type Moment, strikeAt } from "./moment.ts";

/** Runs a command during which an accident happens, and waits until nobody works any more. */
export async function interrupt(
  lab: CrashLab,
  command: "up" | "destroy",
  moment: Moment,
  accident: AccidentName,
): Promise<CommandResult> {
  const run = lab.start(command);
  let plugin: number | undefined;
  const watch = strikeAt(lab.cluster.emulator, moment, () => {
    plugin = pluginOf(run);
    return accidentTo(lab, run, accident)();
  });
  const result = lab.stack.seen(await run.finished());
  watch.stop();
  if (!watch.hasStruck()) throw new Error(`the moment never came:\n${result.stdout}\n${result.stderr}`);
  if (plugin !== undefined) await processEnded(plugin);
  await lab.cluster.emulator.cluster.tasks.settle();
  return result;
}

/** Brings back what an accident took away. */
export async function mend(lab: CrashLab, accident: AccidentName): Promise<void> {
  const { control } = lab.cluster;
  control.setNode("pve2", { online: true });
  control.faults.clear();
  await control.expectVotes(undefined);
  await control.tellStatus();
  if (accident !== "the engine is killed" && accident !== "engine and plugin are killed") return;
  const { code, stdout, stderr } = await lab.stack.run("cancel", "--yes");
  if (code !== 0) throw new Error(`pulumi cancel failed:\n${stdout}\n${stderr}`);
}
