import { parseDuration, parseMemoryMiB, parseSize } from "@coppice/core";
import type { BaseGeneration, OverlayPoolArgs } from "@coppice/provider";
import { readField } from "./read-field.ts";
import { refusedField } from "./refused-field.ts";
import type { DataDiskArgs, HardwareArgs, RenewalArgs, SeatsArgs } from "./seats-args.ts";

const GIB = 2 ** 30;

/** Whose seats they are, and what they stand on. */
export interface SeatsOrigin {
  /** How errors name the component, for example `LabClass 'lab'`. */
  readonly component: string;
  /** The component's name, which is the class's. */
  readonly name: string;
  readonly generation: BaseGeneration;
}

/** The arguments of the pool behind a component: defaults filled in, units read. */
export function poolArgs(args: SeatsArgs, origin: SeatsOrigin, renewal?: RenewalArgs): OverlayPoolArgs {
  const { cluster = "main", start = "never", startBatch = 4, method = "auto" } = args;
  const { component, name, generation } = origin;
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
    class: name,
    base: baseOf(generation),
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

/** A resource as such cannot be an input of another: its outputs can. */
function baseOf({ number, storage, shared, owned, copies, disks, config }: BaseGeneration) {
  return { number, storage, shared, owned, copies, disks, config };
}

function hardwareOf(component: string, { cores, memory }: HardwareArgs) {
  if (memory === undefined) return given({ cores });
  const memoryMiB = readField(component, "hardware.memory", () => parseMemoryMiB(memory));
  return { ...given({ cores }), memoryMiB };
}

function dataDiskOf(component: string, { size, storage }: DataDiskArgs) {
  const sizeGiB = readField(component, "dataDisk.size", () => parseSize(size)) / GIB;
  if (Number.isInteger(sizeGiB)) return { sizeGiB, ...given({ storage }) };
  throw refusedField(component, "dataDisk.size", `is ${size}, not whole GiB`, 'Write it like "20GiB"');
}

function renewalOf(
  component: string,
  { policy = "reset", policyOf, running = "defer", undoFor = "7d" }: RenewalArgs,
) {
  const undoForMs = readField(component, "publish.undoFor", () => parseDuration(undoFor));
  return { policy, ...given({ policyOf }), running, undoForMs };
}

/** The fields that are set: inputs of the resources are given or absent, never undefined. */
function given<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  // The same fields without those that are undefined, which the type of `fromEntries` cannot say.
  return Object.fromEntries(set) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
