import { checkMachine, type Emulator, startEmulator, writeClientFiles } from "@coppice/emulator";
import { emulatorReport } from "./emulator-report.ts";
import { type EmulatorFlags, readFlags } from "./read-flags.ts";
import { untilSignal } from "./until-signal.ts";

/** Runs an emulator until a signal ends it. */
export async function runEmulator(flags: EmulatorFlags): Promise<void> {
  const options = readFlags(flags);
  const ended = untilSignal();
  const [emulator] = await bothOrNone(startEmulator(options), checkMachine());
  try {
    const report = emulatorReport(emulator, writeClientFiles(emulator), process.env["PATH"]);
    process.stdout.write(`${report.join("\n")}\n`);
    await ended;
  } finally {
    await emulator.stop();
  }
}

/** The machine is looked at while the emulator starts; what fails first is told, and nothing is left running. */
async function bothOrNone(starting: Promise<Emulator>, check: Promise<void>): Promise<[Emulator]> {
  const [started, checked] = await Promise.allSettled([starting, check]);
  if (checked.status === "rejected") {
    if (started.status === "fulfilled") await started.value.stop();
    throw checked.reason;
  }
  if (started.status === "rejected") throw started.reason;
  return [started.value];
}
