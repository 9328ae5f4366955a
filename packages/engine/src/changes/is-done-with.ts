import type { DocumentName } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";

/**
 * Whether a run that was stopped had done with a document before. A component is done when it says what it came to, which
 * the engine tells as its end; a part that goes is removed after that, so none may be left that the run did not come to.
 */
export function isDoneWith(
  { kind, name }: DocumentName,
  events: readonly EngineEvent[],
  recorded: RecordedDocument | undefined,
): boolean {
  const steps = events.filter((event) => event.kind === "step");
  const done = new Set(steps.filter(({ phase }) => phase === "done").map(({ urn }) => urn));
  const top = steps.find(({ type, urn }) => type === `coppice:index:${kind}` && urn.endsWith(`::${name}`));
  const parts = (recorded?.parts ?? []).map(({ urn }) => urn);
  return top !== undefined && [...steps.map(({ urn }) => urn), ...parts].every((urn) => done.has(urn));
}
