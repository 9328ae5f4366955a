export { allocateMoney } from "./allocate-money.ts";
export { type Clock, systemClock } from "./clock.ts";
export { CoppiceError, type CoppiceErrorParts, withCode } from "./errors/coppice-error.ts";
export { type ErrorCode, errorCodes } from "./errors/error-code.ts";
export {
  copyFor,
  type Generation,
  type GenerationCopy,
  type GenerationDisk,
  type MachineConfig,
} from "./generation.ts";
export { formatMoney, type Money, microsPerUnit, moneyOf, parseMoney } from "./money.ts";
export { addMoney, compareMoney, multiplyMoney, subtractMoney } from "./money-arithmetic.ts";
export { type NodeCapacity, placeSeats, type SeatDemand } from "./place-seats.ts";
export {
  type PublishPolicy,
  planSeats,
  type RecordedSeat,
  type SeatPlan,
  type WantedSeats,
} from "./plan-seats.ts";
export { isList, isProperties, type JsonValue, type Properties } from "./properties.ts";
export { SeededRandom } from "./seeded-random.ts";
export { stableMark } from "./stable-mark.ts";
export { type DurationText, type DurationUnit, formatDuration, parseDuration } from "./values/duration.ts";
export { findNameProblem, type NameKind, parseName } from "./values/name.ts";
export { seatNames } from "./values/seat-names.ts";
export {
  type Bytes,
  formatSize,
  parseMemoryMiB,
  parseSize,
  type SizeText,
  type SizeUnit,
} from "./values/size.ts";
export {
  formatVmidRange,
  freeVmids,
  parseVmid,
  parseVmidRange,
  rangeHasVmid,
  rangesOverlap,
  type VmidRange,
  vmidLimits,
  vmidRange,
  vmidRangeSize,
} from "./values/vmid-range.ts";
export { VirtualClock } from "./virtual-clock.ts";
