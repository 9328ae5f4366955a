import { Option } from "commander";
import type { AddCommand } from "./add-command.ts";
import type { EmulatorFlags } from "./emulator/read-flags.ts";
import { positiveNumber, wholeNumber } from "./flags/numbers.ts";

/** `coppice emulator`: a Proxmox VE cluster in this process until Ctrl-C. */
export const addEmulator: AddCommand = (program) => {
  program
    .command("emulator")
    .description("run an emulated Proxmox VE cluster: API, SSH and disks")
    .addOption(new Option("--pve <release>", "the release to imitate (default: 9.2)").choices(["8.4", "9.2"]))
    .option("--nodes <count>", "how many nodes, pve1 and up (default: 3)", wholeNumber(1, 32))
    .option("--seed <yaml>", "a file of storages, users, pools, guests … to make at the first start")
    .option("--data <folder>", "where to keep everything; without it, all is gone at the end")
    .option(
      "--port <number>",
      "the first node's API port, the next ones follow; 0 takes free ones",
      wholeNumber(0, 65_500),
      8006,
    )
    .option(
      "--ssh-port <number>",
      "the first node's SSH port, the next ones follow; 0 takes free ones",
      wholeNumber(0, 65_500),
    )
    .option(
      "--control-port <number>",
      "the port for counters, faults and kept states; 0 takes a free one",
      wholeNumber(0, 65_535),
      0,
    )
    .addOption(
      new Option("--latency <kind>", "measured spends the times of a genuine node")
        .choices(["none", "measured"])
        .default("none"),
    )
    .addOption(
      new Option("--clock <kind>", "virtual stands still until the control port moves it")
        .choices(["real", "virtual"])
        .default("real"),
    )
    .option("--time-scale <factor>", "run the clock this many times as fast", positiveNumber)
    .option(
      "--auth-delay <ms>",
      "how long a refused login takes; 3000 as on a genuine node",
      wholeNumber(0, 60_000),
      3000,
    )
    .action(async (flags: EmulatorFlags) => {
      // Loaded here, so that the other commands do not wait for it.
      const { runEmulator } = await import("./emulator/run-emulator.ts");
      await runEmulator(flags);
    });
};
