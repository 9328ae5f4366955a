export { type Clock, systemClock } from "./clock.ts";
export { CoppiceError, type CoppiceErrorParts } from "./coppice-error.ts";
export { type DurationText, type DurationUnit, formatDuration, parseDuration } from "./duration.ts";
export { audienceOf, type ErrorAudience, type ErrorCode } from "./error-code.ts";
export { SeededRandom } from "./seeded-random.ts";
export { type Bytes, formatSize, parseMemoryMiB, parseSize, type SizeText, type SizeUnit } from "./size.ts";
export { VirtualClock } from "./virtual-clock.ts";
