import { existsSync, mkdirSync, watch } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";

/** Where a run is interrupted. */
export type Moment =
  /** Before or after a call is handled, before a task or an SSH connection begins: the n-th that fits. */
  | { readonly at: FaultPoint; readonly method?: string; readonly path?: RegExp; readonly nth?: number }
  /** A machine's folder of disks has appeared on the shared storage. */
  | { readonly disksOf: number };

type Faults = Emulator["control"]["faults"];
type FaultPoint = Parameters<Faults["take"]>[0];
type Fault = ReturnType<Faults["take"]>;

/** What is done at a moment; what it answers goes wrong with the event at hand. */
export type Accident = () => Fault;

/** Waits for a moment. */
export interface Watch {
  /** Whether it came. */
  hasStruck(): boolean;
  stop(): void;
}

/** Has an accident happen when the emulator comes to a moment, once, and in that very moment. */
export function strikeAt(emulator: Emulator, moment: Moment, accident: Accident): Watch {
  return "at" in moment
    ? strikeAtEvent(emulator, moment, accident)
    : strikeAtFolder(emulator, moment, accident);
}

function strikeAtEvent(
  { control: { faults } }: Emulator,
  { at, method, path, nth = 1 }: Extract<Moment, { at: FaultPoint }>,
  accident: Accident,
): Watch {
  let seen = 0;
  const usual = faults.take.bind(faults);
  faults.take = (point, subject) => {
    const fits =
      point === at &&
      (method === undefined || method === subject.method) &&
      (path === undefined || path.test(subject.path ?? ""));
    if (fits) seen += 1;
    return fits && seen === nth ? accident() : usual(point, subject);
  };
  const stop = (): void => {
    faults.take = usual;
  };
  return { hasStruck: () => seen >= nth, stop };
}

function strikeAtFolder(emulator: Emulator, { disksOf }: { disksOf: number }, accident: Accident): Watch {
  const images = join(emulator.cluster.data, "shared", "nas", "images");
  mkdirSync(images, { recursive: true });
  let hasStruck = false;
  const watcher = watch(images, () => {
    if (hasStruck || !existsSync(join(images, String(disksOf)))) return;
    hasStruck = true;
    accident();
  });
  return { hasStruck: () => hasStruck, stop: () => watcher.close() };
}
