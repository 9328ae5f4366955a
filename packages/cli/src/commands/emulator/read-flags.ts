import { CoppiceError, VirtualClock } from "@coppice/core";
import type { EmulatorOptions } from "@coppice/emulator";

/** The options of `coppice emulator` as commander gives them. */
export interface EmulatorFlags {
  readonly pve?: "8.4" | "9.2";
  readonly nodes?: number;
  readonly seed?: string;
  readonly data?: string;
  readonly port: number;
  readonly sshPort?: number;
  readonly controlPort: number;
  readonly latency: "none" | "measured";
  readonly clock: "real" | "virtual";
  readonly timeScale?: number;
  readonly authDelay: number;
}

/** SSH on the ports above the API's, so that both are known when one is. */
const sshDistance = 100;

/** What the emulator is started with. */
export function readFlags(flags: EmulatorFlags): EmulatorOptions {
  const { pve, nodes, seed, data, port, latency, controlPort, timeScale, authDelay } = flags;
  if (flags.clock === "virtual" && timeScale !== undefined) {
    throw new CoppiceError("emulator.start", {
      what: "--time-scale and --clock virtual exclude each other",
      why: "a virtual clock moves only when it is told to",
    });
  }
  return {
    port,
    sshPort: flags.sshPort ?? (port === 0 ? 0 : port + sshDistance),
    controlPort,
    latency,
    authDelay,
    ...(pve === undefined ? {} : { pve }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(seed === undefined ? {} : { seedFile: seed }),
    ...(data === undefined ? {} : { data }),
    ...(timeScale === undefined ? {} : { timeScale }),
    ...(flags.clock === "virtual" ? { clock: new VirtualClock(Date.now()) } : {}),
  };
}
