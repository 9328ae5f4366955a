import type { ClassVerdict, Progress, Properties } from "@coppice/core";

/** What happens in a run of the engine, one thing at a time and in order. */
export type EngineEvent = StepEvent | ProgressEvent | VerdictEvent | DiagnosticEvent | SummaryEvent;

/** The engine begins or ends what it does with one resource; in a preview, what it would do. */
export interface StepEvent {
  readonly kind: "step";
  readonly phase: "begun" | "done" | "failed";
  /** The engine's own word: `create`, `same`, `delete-replaced`. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The resource that it is a child of. */
  readonly parent?: string;
  /** Whether this is a preview's. */
  readonly isPlanned: boolean;
  /** What changes, by property path; where the provider tells. */
  readonly detailedDiff?: Readonly<Record<string, PropertyChange>>;
  /** What the program wants of the resource, or what left was made of. The engine writes `[secret]` for what is one. */
  readonly inputs?: Properties;
  /** The resource's outputs, those that are known. The engine writes `[secret]` for what is one. */
  readonly outputs?: Properties;
}

/** What happens to one property. */
export interface PropertyChange {
  /** The engine's own word: `add`, `update-replace`. */
  readonly diffKind: string;
  /** Whether inputs are compared, and not outputs. */
  readonly inputDiff: boolean;
}

/** What a resource of ours is at. */
export interface ProgressEvent {
  readonly kind: "progress";
  readonly urn: string;
  readonly progress: Progress;
}

/** What a preview or a reading of a resource of ours comes to, seat by seat. */
export interface VerdictEvent {
  readonly kind: "verdict";
  readonly urn: string;
  readonly verdict: ClassVerdict;
}

/** Text for people. */
export interface DiagnosticEvent {
  readonly kind: "diagnostic";
  /** `info#err` is what a program writes to its error stream. */
  readonly severity: "info" | "info#err" | "warning" | "error";
  readonly text: string;
  /** The resource that it is about, if it is about one. */
  readonly urn?: string;
  /** Whether it stands on the resource's row only until the next one comes. */
  readonly isEphemeral: boolean;
}

/** The end of a run, unless it was killed. */
export interface SummaryEvent {
  readonly kind: "summary";
  /** How many resources, by the engine's word for what was done with them. */
  readonly changes: Readonly<Record<string, number>>;
}
