import { CoppiceError, type ErrorCode, errorCodes } from "@coppice/core";
import type { EngineEvent } from "../events/engine-event.ts";
import type { RunFailure, RunOutcome } from "./run-outcome.ts";

/** What a run has told so far, as far as its outcome depends on it. */
export class RunRecord {
  readonly #hide: (text: string) => string;
  readonly #begun = new Set<string>();
  readonly #failures: RunFailure[] = [];
  #changes: Readonly<Record<string, number>> = {};

  /** @param hide takes what must not be told out of a text */
  constructor(hide: (text: string) => string) {
    this.#hide = hide;
  }

  /** Takes an event to the record. */
  take(event: EngineEvent): void {
    if (event.kind === "summary") this.#changes = event.changes;
    if (event.kind === "diagnostic" && event.severity === "error") this.fail(event.text, event.urn);
    if (event.kind !== "step" || event.isPlanned || event.type === "pulumi:pulumi:Stack") return;
    if (event.phase === "done") this.#begun.delete(event.urn);
    else this.#begun.add(event.urn);
  }

  /** Takes something that went wrong beside the events. What is known already of the same thing is no news. */
  fail(error: unknown, urn?: string): void {
    const { message, ...others } = failureOf(error, urn);
    const failure = { ...others, message: this.#hide(message) };
    const isKnown = this.#failures.some(
      (known) => known.message.includes(failure.message) && (urn === undefined || known.urn === urn),
    );
    if (!isKnown) this.#failures.push(failure);
  }

  /** Whether anything went wrong. */
  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  /** How the run ended. */
  outcome(result: RunOutcome["result"]): RunOutcome {
    const left = result === "succeeded" ? [] : [...this.#begun];
    const reasons = this.#failures.filter(({ message }) => !saysOnlyThat.test(message));
    const failures = reasons.length > 0 ? reasons : this.#failures;
    return { result, changes: this.#changes, failures, left };
  }
}

/** The engine says of the stack that something failed, and the SDK of what needs it, behind what did. */
const saysOnlyThat = /^(?:update|preview|destroy|refresh) failed$|\] failed to register$/;

function failureOf(error: unknown, urn: string | undefined): RunFailure {
  const message = error instanceof Error ? error.message : String(error);
  const code = CoppiceError.is(error) ? error.code : codeIn(message);
  return { message, ...(code !== undefined && { code }), ...(urn !== undefined && { urn }) };
}

/** A message of ours ends with its code, wherever it has travelled through. */
function codeIn(message: string): ErrorCode | undefined {
  const [, code] = /\[([a-z-]+\.[a-z-]+)\]\s*$/.exec(message) ?? [];
  return code !== undefined && isCode(code) ? code : undefined;
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}
