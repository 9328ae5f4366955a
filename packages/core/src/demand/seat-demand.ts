import type { DataDisk, Hardware } from "../kinds/generated/inputs.ts";
import { type Bytes, parseSize } from "../values/size.ts";
import { type Demand, disksSize, type SizedDisks } from "./demand.ts";
import { type MachineValues, memoryOf, processorsOf } from "./machine-size.ts";

/** What a class wants of its seats otherwise than their generation has it. */
export interface SeatWish {
  readonly hardware?: Hardware;
  /** A disk of its own for every seat; on the generation's storage when none is named. */
  readonly dataDisk?: DataDisk;
}

/** The parts of a generation that tell what its seats take. */
export interface DemandBase extends SizedDisks {
  readonly config: MachineValues;
  readonly storage: string;
}

/**
 * What one seat takes when it runs and its disks are full. An overlay may grow to the size of its disk, whatever it takes
 * now.
 *
 * @example
 * // A template of two sockets with one core each, 2 GiB of memory and a disk of 8 GiB on "nas"
 * seatDemand(generation, { hardware: { cores: 4 }, dataDisk: { size: "1GiB" } });
 * // { memory: 2 GiB, processors: 8, disks: { nas: 9 GiB } }
 */
export function seatDemand(base: DemandBase, { hardware, dataDisk }: SeatWish = {}): Demand {
  const own = { [base.storage]: disksSize(base) };
  const data = dataDisk && { [dataDisk.storage ?? base.storage]: parseSize(dataDisk.size) };
  return {
    memory: hardware?.memory ? parseSize(hardware.memory) : memoryOf(base.config),
    processors: processorsOf(base.config, hardware?.cores),
    disks: sum(own, data ?? {}),
  };
}

function sum(one: Demand["disks"], other: Demand["disks"]): Readonly<Record<string, Bytes>> {
  const storages = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...storages].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
