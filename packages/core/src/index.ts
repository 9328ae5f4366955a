export { amountWords } from "./amounts/amount-words.ts";
export {
  type AmountName,
  type Amounts,
  addAmounts,
  amountNames,
  largestAmounts,
  multiplyAmounts,
  noAmounts,
  subtractAmounts,
} from "./amounts/amounts.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { ClusterCapacity, NodeRoom, StorageRoom } from "./cluster-capacity.ts";
export {
  type ClassContents,
  changeDemand,
  classDemand,
  type GenerationContents,
  generationDemand,
  type SeatsContents,
  seatsDemand,
} from "./demand/class-demand.ts";
export { type Demand, demandAmounts, disksSize, templateAmounts } from "./demand/demand.ts";
export { type ListedMachine, machineAmounts } from "./demand/machine-amounts.ts";
export { memoryOf, processorsOf } from "./demand/machine-size.ts";
export { recordedSeatsOf, wantedSeatsOf } from "./demand/pool-contents.ts";
export { type DemandBase, type SeatWish, seatDemand } from "./demand/seat-demand.ts";
export { creationsInFlight, spareMachines } from "./demand/spare-machines.ts";
export type {
  ChoiceShape,
  Field,
  Fields,
  FieldWords,
  ListShape,
  MapShape,
  OneOfShape,
  PlainValue,
  RecordShape,
  RecordType,
  Shape,
  SizeShape,
  TextPattern,
  TextShape,
  WholeShape,
} from "./description/field.ts";
export { type Described, findKindMistakes } from "./description/find-kind-mistakes.ts";
export { findMistakes } from "./description/find-mistakes.ts";
export type { Kind } from "./description/kind.ts";
export {
  type FieldPath,
  formatPath,
  type Mistake,
  mistakeSentence,
  mistakesText,
  type Rule,
} from "./description/mistake.ts";
export { nearestNames } from "./description/nearest-names.ts";
export { holdsSecret, isAbsent, isNamed, type Named } from "./description/shape-values.ts";
export { either, valueText } from "./description/value-text.ts";
export { type IsUnknown, withDefaults } from "./description/with-defaults.ts";
export { CoppiceError, withCode } from "./errors/coppice-error.ts";
export { type ErrorCode, errorCodes } from "./errors/error-code.ts";
export { fileReason, isFileError } from "./errors/file-reason.ts";
export { foldNames } from "./fold-names.ts";
export { copyFor, type MachineConfig } from "./generation.ts";
export { hasUnknown } from "./has-unknown.ts";
export { componentKinds, resourceKinds } from "./kinds/all-kinds.ts";
export { baseGenerationKind } from "./kinds/base-generation.ts";
export { configuration } from "./kinds/configuration.ts";
export {
  type DocumentKind,
  envelopeOf,
  type KindName,
  type Migration,
  newestVersion,
} from "./kinds/documents/document-kind.ts";
export { documentKinds } from "./kinds/documents/document-kinds.ts";
export { documentProjects } from "./kinds/documents/document-projects.ts";
export { documentScope } from "./kinds/documents/document-scope.ts";
export { mayNameTemplate } from "./kinds/documents/document-type.ts";
export type * from "./kinds/generated/inputs.ts";
export { labClassKind } from "./kinds/lab-class.ts";
export { hardware } from "./kinds/machine.ts";
export { overlayPoolKind } from "./kinds/overlay-pool.ts";
export { readOverlayPoolState } from "./kinds/overlay-pool-state.ts";
export { overlayVmPoolKind } from "./kinds/overlay-vm-pool.ts";
export { planType } from "./kinds/plan.ts";
export { poolKind } from "./kinds/pool.ts";
export { rootOnlyOptions } from "./kinds/root-only-options.ts";
export { endpointRule, findLiteralCredentials, referenceForms } from "./kinds/rules/cluster-rules.ts";
export { pastExpiry } from "./kinds/rules/expiry-rule.ts";
export { tenantPoolKind } from "./kinds/tenant-pool.ts";
export { tenantQuotaKind } from "./kinds/tenant-quota.ts";
export { formatMoney, type Money, moneyOf, parseMoney } from "./money/money.ts";
export { addMoney, compareMoney, multiplyMoney, subtractMoney } from "./money/money-arithmetic.ts";
export { type NodeCapacity, placeSeats } from "./place-seats.ts";
export {
  planSeats,
  type RecordedSeat,
  type SeatPlan,
  type WantedSeats,
} from "./plan-seats.ts";
export { type Known, readKnown } from "./policies/read-known.ts";
export { resourceName } from "./policies/resource-name.ts";
export { unknownSettings } from "./policies/unknown-settings.ts";
export { chargeOf, type Phase, type Traffic, type Usage } from "./price/charge.ts";
export {
  addForecasts,
  type Forecast,
  type ForecastQuestion,
  forecast,
  forecastMonth,
} from "./price/forecast.ts";
export { type Metered, type MeteredLine, meter, type Period } from "./price/meter.ts";
export { type PriceList, readPlan } from "./price/price-list.ts";
export type { UsageEvent } from "./price/usage-event.ts";
export type { Progress, ProgressItem, ProgressVerb } from "./progress.ts";
export { parseProgressLine, progressLine } from "./progress-line.ts";
export { progressText } from "./progress-text.ts";
export { isList, isProperties, type JsonValue, type Properties, parseProperties } from "./properties.ts";
export { classSubject } from "./quota/class-subject.ts";
export { formatLimits } from "./quota/format-limits.ts";
export { generationSubject } from "./quota/generation-subject.ts";
export {
  judgeQuota,
  type Limits,
  type QuotaLine,
  type QuotaQuestion,
  type QuotaVerdict,
} from "./quota/judge-quota.ts";
export { quotaRefusal } from "./quota/quota-refusal.ts";
export { readLimits } from "./quota/read-limits.ts";
export {
  type MadeUnder,
  madeUnder,
  recordedUrn,
  urnFrom,
  withoutUrn,
  withUrn,
} from "./recorded-urn.ts";
export { type OwnBytes, REMOVED_SEATS, removalWords, sumOfBytes } from "./removal-words.ts";
export { foldedSeats, type SaidSeat, type SeatWords, seatParagraph } from "./seat-paragraph.ts";
export { SeededRandom } from "./seeded-random.ts";
export { stableMark } from "./stable-mark.ts";
export { type DurationText, parseDuration } from "./values/duration.ts";
export { parseInstant } from "./values/instant.ts";
export { formatIpv4, parseIpv4 } from "./values/ipv4.ts";
export { findNameProblem, parseName } from "./values/name.ts";
export { ORIGIN, originForm } from "./values/origin.ts";
export { seatNames } from "./values/seat-names.ts";
export {
  type Bytes,
  formatSize,
  parseMemoryMiB,
  parseSize,
  type SizeText,
  sizeWords,
} from "./values/size.ts";
export { tenantTag } from "./values/tenant-tag.ts";
export { isUnknown, unknownValue } from "./values/unknown-value.ts";
export { freeVmids, vmidLimits } from "./values/vmid-range.ts";
export {
  type ClassDemand,
  type ClassVerdict,
  type DriftedSetting,
  driftedSettings,
  type ForeignMachine,
  type FreeRoom,
  type SeatFate,
  type SeatVerdict,
  type SettingDrift,
  seatFates,
} from "./verdict.ts";
export { parseVerdictLine, verdictLine } from "./verdict-line.ts";
export { VirtualClock } from "./virtual-clock.ts";
