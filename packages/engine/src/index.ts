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
