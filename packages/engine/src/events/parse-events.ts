import {
  isProperties,
  type JsonValue,
  type Properties,
  parseProgressLine,
  parseProperties,
  parseVerdictLine,
} from "@coppice/core";
import type {
  DiagnosticEvent,
  EngineEvent,
  PropertyChange,
  StepEvent,
  SummaryEvent,
} from "./engine-event.ts";

/**
 * The events that one line of the engine's event log tells (sdk/go/common/apitype/events.go). None for what nobody reads,
 * for a line that a kill cut off, and for what has not the shape that it ought to have.
 *
 * Debug messages are left out: Pulumi's SDK writes registered outputs there, secrets in clear. Only what
 * our own resources tell as data is picked from among them.
 */
export function parseEvents(line: string): EngineEvent[] {
  const log = parseProperties(line) ?? {};
  const event =
    stepOf(log["resourcePreEvent"], "begun") ??
    stepOf(log["resOutputsEvent"], "done") ??
    stepOf(log["resOpFailedEvent"], "failed") ??
    summaryOf(log["summaryEvent"]);
  return event === undefined ? messagesOf(log["diagnosticEvent"]) : [event];
}

function messagesOf(event: JsonValue | undefined): EngineEvent[] {
  if (!isProperties(event) || typeof event["message"] !== "string") return [];
  const text = event["message"].trim();
  const urn = typeof event["urn"] === "string" && event["urn"] !== "" ? event["urn"] : undefined;
  if (event["severity"] === "debug") return urn === undefined ? [] : toldBy(urn, text);
  const severity = severities.find((known) => known === event["severity"]);
  if (severity === undefined) return [];
  const isEphemeral = event["ephemeral"] === true;
  return [{ kind: "diagnostic", severity, text, ...(urn !== undefined && { urn }), isEphemeral }];
}

function toldBy(urn: string, text: string): EngineEvent[] {
  return text.split("\n").flatMap((line): EngineEvent[] => {
    const progress = parseProgressLine(line);
    if (progress !== undefined) return [{ kind: "progress", urn, progress }];
    const verdict = parseVerdictLine(line);
    return verdict === undefined ? [] : [{ kind: "verdict", urn, verdict }];
  });
}

const severities: readonly DiagnosticEvent["severity"][] = ["info", "info#err", "warning", "error"];

function stepOf(event: JsonValue | undefined, phase: StepEvent["phase"]): StepEvent | undefined {
  if (!isProperties(event) || !isProperties(event["metadata"])) return undefined;
  const { op, urn, type, detailedDiff, new: wanted, old } = event["metadata"];
  if (typeof op !== "string" || typeof urn !== "string" || typeof type !== "string") return undefined;
  // What leaves has nothing new.
  const state = isProperties(wanted) ? wanted : isProperties(old) ? old : {};
  const { inputs, outputs, parent } = state;
  return {
    kind: "step",
    phase,
    op,
    urn,
    type,
    ...(typeof parent === "string" && parent !== "" && { parent }),
    isPlanned: event["planning"] === true,
    ...(isProperties(detailedDiff) && { detailedDiff: changesOf(detailedDiff) }),
    ...(isProperties(inputs) && { inputs }),
    ...(isProperties(outputs) && { outputs }),
  };
}

function changesOf(diff: Properties): Readonly<Record<string, PropertyChange>> {
  const changes = Object.entries(diff).flatMap(([path, change]) => {
    if (!isProperties(change) || typeof change["diffKind"] !== "string") return [];
    return [[path, { diffKind: change["diffKind"], inputDiff: change["inputDiff"] === true }] as const];
  });
  return Object.fromEntries(changes);
}

function summaryOf(event: JsonValue | undefined): SummaryEvent | undefined {
  if (!isProperties(event) || !isProperties(event["resourceChanges"])) return undefined;
  const counts = Object.entries(event["resourceChanges"]).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  return { kind: "summary", changes: Object.fromEntries(counts) };
}
