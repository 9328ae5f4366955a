/** One event of the engine, as `--event-log` writes it; only what tests look at. */
export interface EngineEvent {
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
    readonly ephemeral?: boolean;
  };
  readonly resourcePreEvent?: { readonly metadata: StepMetadata; readonly planning?: boolean };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata; readonly planning?: boolean };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
}

/** What the engine says of one step. */
export interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly detailedDiff?: Readonly<
    Record<string, { readonly diffKind: string; readonly inputDiff: boolean }>
  >;
  readonly new?: { readonly outputs?: Readonly<Record<string, unknown>> };
}

/** Reads an event log; a line that was cut off by a kill is left out. */
export function parseEvents(log: string): EngineEvent[] {
  return log.split("\n").flatMap((line) => {
    try {
      // The engine's own format (sdk/go/common/apitype/events.go), of which the type above is an excerpt.
      return line === "" ? [] : [JSON.parse(line) as EngineEvent];
    } catch {
      return [];
    }
  });
}
