export type { Connect, OpenCluster } from "./connection/open-cluster.ts";
export { flattenMachine } from "./flatten/flatten-machine.ts";
export type { FlattenPlan } from "./flatten/flatten-plan.ts";
export { lookAtMachine } from "./flatten/look-at-machine.ts";
export { planFlatten } from "./flatten/plan-flatten.ts";
export { byHand, isNameless, isWorkerLost, removeBrokenClone } from "./guests/broken-clone.ts";
export {
  type ConfigLine,
  diskLines,
  driveLines,
  isCdrom,
  isCloudInitDrive,
  isDriveSlot,
  isNetworkKey,
  networkKeys,
  parseConfigLine,
  withNetwork,
  withVolume,
} from "./guests/drive.ts";
export { driveSize } from "./guests/drive-size.ts";
export { freeDisks } from "./guests/free-disks.ts";
export { type CardPlace, type NetworkCard, networkCards, placeOfCard } from "./guests/network-cards.ts";
export { removeProtected } from "./guests/remove-protected.ts";
export { removeTemplate } from "./guests/remove-template.ts";
export { waitForCreate, waitForTasks } from "./guests/wait-for-tasks.ts";
export { whenUnlocked } from "./guests/when-unlocked.ts";
export { type BridgeProblem, readBridges } from "./network/read-bridges.ts";
export type { NodeOrder } from "./node-program/node-program.ts";
export { type NodeAnswers, runOrders, storageOrders } from "./node-program/run-orders.ts";
export type { NodeAnswer } from "./node-program/transcript.ts";
export type { ObservedCluster, ObservedGuest } from "./observation/observed-cluster.ts";
export { readCapacity } from "./observation/read-capacity.ts";
export { readCluster } from "./observation/read-cluster.ts";
export { type NumberTraces, readTraces } from "./observation/read-traces.ts";
export { unknownNodes } from "./observation/unknown-nodes.ts";
export { type Claims, claimsOf } from "./ownership/claims.ts";
export { type DataDisk, dataDiskLine, isDataDisk } from "./ownership/data-disk.ts";
export { generationName, looksLikeSeat, spareGuestName } from "./ownership/guest-names.ts";
export { readLimitsMark, unusableLimits, withLimits, withoutLimits } from "./ownership/limits-mark.ts";
export { generationNotes, markLine, markLineInFile, seatDescription, stackWords } from "./ownership/notes.ts";
export { commentOwner, type OwnThing, ownComment, plainComment } from "./ownership/own-comment.ts";
export {
  type GenerationOwner,
  type GuestSigns,
  isRetired,
  isSeat,
  markedName,
  markedSource,
  type Owner,
  ownerOf,
} from "./ownership/owner-of.ts";
export { ownershipMark, stackOf } from "./ownership/ownership-mark.ts";
export { judgeRecordedSeat, withMarkLine } from "./ownership/recorded-seat.ts";
export { parseNotes, type SeatNotes, type SeatVolumes, withNotes } from "./ownership/seat-notes.ts";
export { seatOfSpare, spareName } from "./ownership/spare-name.ts";
export {
  isTaggedOurs,
  markTag,
  markTagsIn,
  ownTags,
  retiredTag,
  retiredTags,
  retiredTagsOf,
  type TagWishes,
  wishedTags,
} from "./ownership/tags.ts";
export { assertSees, type Unseen } from "./rights/assert-sees.ts";
export { isHeld, missingOf, type Right, rightsText } from "./rights/held-rights.ts";
export { type Need, needsOf, type RightsScope } from "./rights/needs-of.ts";
export { bridgePaths, networkPaths } from "./rights/network-paths.ts";
export { poolOfCreation } from "./rights/pool-of-creation.ts";
export type { RightPlace, RightRow, Work } from "./rights/right-row.ts";
export { rightsTable } from "./rights/rights-table.data.ts";
export { type TenantRightPlace, tenantRoles } from "./rights/tenant-roles.ts";
export type { ClusterSettings } from "./settings/cluster-settings.ts";
export { reportSeat, type Tally } from "./steps/report-seat.ts";
export { reported } from "./steps/reported.ts";
export { runSteps, type StepOptions, type StepResults } from "./steps/run-steps.ts";
export {
  closingStep,
  inFlight,
  notStarted,
  type StepContext,
  type StepHook,
  type SteppedWork,
  step,
} from "./steps/step.ts";
export { type Failure, failureOf, type Unfinished } from "./steps/unfinished.ts";
export { readStorage } from "./storage/read-storage.ts";
export { type SpaceDemand, spaceProblem } from "./storage/space-problem.ts";
export { type StorageFitness, type StorageProblem, storageFitness } from "./storage/storage-fitness.ts";
export { findStrays } from "./strays/find-strays.ts";
export { lookForStrays } from "./strays/look-for-strays.ts";
export { readRecordedStack } from "./strays/read-recorded-stack.ts";
export type { RecordedStack } from "./strays/recorded-stack.ts";
export type { OtherStack, Stray, Strays } from "./strays/stray.ts";
export { assertAboveUse, assertUnused } from "./tenants/assert-use.ts";
export { expectTenant } from "./tenants/expected-tenants.ts";
export { holdRoom, type PoolReading, type RoomQuestion, readTenantUse } from "./tenants/hold-room.ts";
export { readOwnPool } from "./tenants/own-pool.ts";
export { readWholeUse } from "./tenants/read-whole-use.ts";
export { amountsOf, type PoolMember, type TenantUse } from "./tenants/tenant-use.ts";
