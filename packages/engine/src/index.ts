export type {
  DiagnosticEvent,
  EngineEvent,
  ProgressEvent,
  PropertyChange,
  StepEvent,
  SummaryEvent,
} from "./events/engine-event.ts";
export { followEvents } from "./events/follow-events.ts";
export type { LineTail } from "./events/line-tail.ts";
export { readEvents } from "./events/read-events.ts";
export { homeFolder } from "./home/home-folder.ts";
export { type Home, openHome } from "./home/open-home.ts";
export { holdStack } from "./lease/hold-stack.ts";
export type { Holder, Lease, LeaseRequest } from "./lease/lease.ts";
export type { StackName, StateHome } from "./lease/stack-place.ts";
export { type Engine, startEngine } from "./run/engine.ts";
export type { Description, RunOrder } from "./run/run-order.ts";
export type { RunFailure, RunOutcome } from "./run/run-outcome.ts";
export type { EngineOptions, RunTalk } from "./run/run-parts.ts";
export { createWorkers, type Workers, type WorkersOptions } from "./worker/create-workers.ts";
