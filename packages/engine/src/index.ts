export type { ChangeVerdict, DocumentVerdict, Loss, Refusal, SeatChange } from "./changes/change-verdict.ts";
export { findChanges } from "./changes/find-changes.ts";
export { isRefusal } from "./changes/is-refusal.ts";
export type { DocumentDemand } from "./demand/document-demand.ts";
export type { UnknownDemand } from "./demand/planned-demand.ts";
export { demandOfRecorded } from "./demand/recorded-demand.ts";
export type { Description } from "./documents/description.ts";
export { documentKey } from "./documents/description.ts";
export type {
  DiagnosticEvent,
  EngineEvent,
  ProgressEvent,
  PropertyChange,
  StepEvent,
  SummaryEvent,
  VerdictEvent,
} from "./events/engine-event.ts";
export { followEvents } from "./events/follow-events.ts";
export type { LineTail } from "./events/line-tail.ts";
export { readEvents } from "./events/read-events.ts";
export { replaceFile } from "./files/replace-file.ts";
export { type DocumentChange, documentChanges } from "./history/document-changes.ts";
export type { FieldChange } from "./history/field-changes.ts";
export type { StackVersion } from "./history/history-entry.ts";
export { type AskEngine, readHistory } from "./history/read-history.ts";
export { accountHome } from "./home/account-home.ts";
export { backendFolder } from "./home/backend-folder.ts";
export { type Environment, homeFolder } from "./home/home-folder.ts";
export { isNewPlace } from "./home/is-new-place.ts";
export { type Home, openHome } from "./home/open-home.ts";
export { type StateHome, stateHome } from "./home/state-home.ts";
export type { IgnoredDrift } from "./ignored/ignored-drift.ts";
export { holdStack } from "./lease/hold-stack.ts";
export type { Holder, Lease, LeaseRequest } from "./lease/lease.ts";
export type { StackName } from "./lease/stack-place.ts";
export { type LedgerAccount, type LedgerPlace, LedgerUse } from "./ledger/ledger-use.ts";
export type { TenantMember, TenantMembers } from "./ledger/tenant-use.ts";
export { type AcceptedField, acceptedField } from "./operation/accepted-field.ts";
export { type AnsweredDrift, answeredDrift, type DriftAnswer } from "./operation/answer-drift.ts";
export { appliedDocuments } from "./operation/applied-documents.ts";
export { applyDocuments } from "./operation/apply-documents.ts";
export { assertUnmoved } from "./operation/assert-unmoved.ts";
export { destroyDocuments, previewRemoval, type Removal } from "./operation/destroy-documents.ts";
export { type Drift, type DriftKind, seatOf } from "./operation/drift.ts";
export { type DocumentDrift, findDrift } from "./operation/find-drift.ts";
export { assertFuture, type Ignoring, ignoreDrift } from "./operation/ignore-drift.ts";
export type {
  DocumentsOrder,
  OperationParts,
  OperationTalk,
  TenantPlace,
} from "./operation/operation-parts.ts";
export { type PreviewResult, previewDocuments, previewResult } from "./operation/preview-documents.ts";
export { type RebuiltAccount, rebuildLedger } from "./operation/rebuild-ledger.ts";
export { settleUnsettled } from "./operation/settle-unsettled.ts";
export { type StackVerdict } from "./operation/stack-verdict.ts";
export { tenantsBeside } from "./operation/tenants-beside.ts";
export { documentsJoin, joinDocuments } from "./orders/join-documents.ts";
export { orderStack, type StackOrder } from "./orders/order-stack.ts";
export type { JoinedWork } from "./orders/stack-orders.ts";
export { isGone, processBirth } from "./process/process-birth.ts";
export { type Engine, startEngine } from "./run/engine.ts";
export type { RunOrder } from "./run/run-order.ts";
export type { RunFailure, RunOutcome } from "./run/run-outcome.ts";
export type { EngineOptions, RunTalk } from "./run/run-parts.ts";
export { askEngine } from "./stack/ask-engine.ts";
export { documentStack, type NamedStack, namedStack, stackKey, tenantStack } from "./stack/document-stack.ts";
export { listStacks } from "./stack/list-stacks.ts";
export { readPools } from "./stack/read-pools.ts";
export { readStack, readState, type StackRecord } from "./stack/read-stack.ts";
export type { RecordedDocument, RecordedPart, RecordedSeat } from "./stack/recorded-stack.ts";
export { planUndo, type UndoPlan, type UndoRequest } from "./undo/plan-undo.ts";
export type { UndoLoss } from "./undo/undo-loss.ts";
export type { CostVerdict, DocumentCost, UnpricedTenant } from "./verdicts/cost/cost-verdict.ts";
export { assertAccepted } from "./verdicts/digest/assert-accepted.ts";
export type { Digest, DigestPart } from "./verdicts/digest/digest.ts";
export { digestOf } from "./verdicts/digest/digest-of.ts";
export { judgedResult, verdictRefusals } from "./verdicts/judged-result.ts";
export { type JudgedOperation, previewOperation } from "./verdicts/preview-operation.ts";
export type { TenantQuotaVerdict } from "./verdicts/quota/tenant-quota.ts";
export { judgeRisk } from "./verdicts/risk/judge-risk.ts";
export { readRiskWorld } from "./verdicts/risk/read-risk-world.ts";
export {
  type LostDisks,
  type NodeLoad,
  type RiskFinding,
  type RiskKind,
  type RiskSeverity,
  type RiskVerdict,
  riskSeverities,
  type StorageLoad,
} from "./verdicts/risk/terms/risk-verdict.ts";
export type { RiskWorld, Unread } from "./verdicts/risk/terms/risk-world.ts";
export type { Verdicts } from "./verdicts/verdicts.ts";
export { createWorkers, type Workers, type WorkersOptions } from "./worker/create-workers.ts";
