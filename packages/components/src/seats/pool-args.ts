import { parseDuration, parseMemoryMiB, parseSize } from "@coppice/core";
import type { BaseGeneration, OverlayPoolArgs } from "@coppice/provider";
import { readField } from "./read-field.ts";
import { refusedField } from "./refused-field.ts";
import type { DataDiskArgs, HardwareArgs, RenewalArgs, SeatsArgs } from "./seats-args.ts";

const GIB = 2 ** 30;

/** What a pool is told beside whose it is and what it stands on. */
export type PoolSettings = Omit<OverlayPoolArgs, "class" | "base">;

/** The settings of the pool behind a component: defaults filled in, units checked. Errors name the component. */
export function poolSettings(component: string, args: SeatsArgs, renewal?: RenewalArgs): PoolSettings {
  const { cluster = "main", start = "never", startBatch = 4, method = "auto" } = args;
  const {
    seats: count,
    roster,
    nodes,
    tags,
    vmids,
    network,
    cloudInit,
    pool,
    overcommit,
    reset,
    undo,
  } = args;
  return {
    cluster,
    vmids,
    start,
    startBatch,
    method,
    ...given({ count, network, cloudInit, pool, overcommit, reset, undo }),
    ...(roster && { roster: [...roster] }),
    ...(nodes && { nodes: [...nodes] }),
    ...(tags && { tags: [...tags] }),
    ...(args.hardware && { hardware: hardwareOf(component, args.hardware) }),
    ...(args.dataDisk && { dataDisk: dataDiskOf(component, args.dataDisk) }),
    ...(renewal && { publish: renewalOf(component, renewal) }),
  };
}

/** The arguments of a class's pool on a generation. A resource as such cannot be an input: its outputs can. */
export function poolArgs(settings: PoolSettings, name: string, generation: BaseGeneration): OverlayPoolArgs {
  const { number, storage, shared, owned, copies, disks, config } = generation;
  return { ...settings, class: name, base: { number, storage, shared, owned, copies, disks, config } };
}

function hardwareOf(component: string, { cores, memory }: HardwareArgs) {
  if (memory === undefined) return given({ cores });
  readField(component, "hardware.memory", () => parseMemoryMiB(memory));
  return { ...given({ cores }), memory };
}

function dataDiskOf(component: string, { size, storage }: DataDiskArgs) {
  const sizeGiB = readField(component, "dataDisk.size", () => parseSize(size)) / GIB;
  if (Number.isInteger(sizeGiB)) return { size, ...given({ storage }) };
  throw refusedField(component, "dataDisk.size", `is ${size}, not whole GiB`, 'Write it like "20GiB"');
}

function renewalOf(
  component: string,
  { policy = "reset", policyOf, running = "defer", undoFor = "7d" }: RenewalArgs,
) {
  readField(component, "publish.undoFor", () => parseDuration(undoFor));
  return { policy, ...given({ policyOf }), running, undoFor };
}

/** The fields that are set: inputs of the resources are given or absent, never undefined. */
function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The same fields without those that are undefined, which the type of `fromEntries` cannot say.
  return Object.fromEntries(set) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
