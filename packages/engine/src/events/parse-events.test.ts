import { type Progress, progressLine } from "@coppice/core";
import { describe, expect, test } from "vitest";
import type { EngineEvent } from "./engine-event.ts";
import { parseEvents } from "./parse-events.ts";

const urn = "urn:pulumi:dev::lab::coppice:index:OverlayPool::class";
const progress: Progress = { verb: "create", phase: "done", item: { kind: "seat", name: "ada" } };
const step = { op: "create", urn, type: "coppice:index:OverlayPool" };

/** A line as engine 3.255 writes it. */
const line = (event: object) => JSON.stringify({ sequence: 7, timestamp: 1795669888, ...event });
const message = (fields: object) => line({ diagnosticEvent: { message: "hi\n", color: "never", ...fields } });
const metadata = { ...step, old: null, new: { inputs: {}, outputs: { count: 2 } }, detailedDiff: null };

describe("a line of the engine's event log", () => {
  test.each<[title: string, line: string, event: EngineEvent]>([
    [
      "the begin of a step in a preview",
      line({ resourcePreEvent: { metadata: { ...metadata, new: null }, planning: true } }),
      { kind: "step", phase: "begun", ...step, isPlanned: true },
    ],
    [
      "the end of a step with its outputs",
      line({ resOutputsEvent: { metadata } }),
      { kind: "step", phase: "done", ...step, isPlanned: false, inputs: {}, outputs: { count: 2 } },
    ],
    [
      "a step that failed",
      line({ resOpFailedEvent: { metadata: { ...metadata, new: null }, status: 0, steps: 1 } }),
      { kind: "step", phase: "failed", ...step, isPlanned: false },
    ],
    [
      "a step with what changes",
      line({
        resourcePreEvent: {
          metadata: {
            ...metadata,
            op: "update",
            new: null,
            detailedDiff: { "seats.ada": { diffKind: "add", inputDiff: true }, odd: 1 },
          },
        },
      }),
      {
        kind: "step",
        phase: "begun",
        ...step,
        op: "update",
        isPlanned: false,
        detailedDiff: { "seats.ada": { diffKind: "add", inputDiff: true } },
      },
    ],
    [
      "a line on a resource's row",
      message({ urn, severity: "info", ephemeral: true }),
      { kind: "diagnostic", severity: "info", text: "hi", urn, isEphemeral: true },
    ],
    [
      "a warning about no resource",
      message({ urn: "", severity: "warning" }),
      { kind: "diagnostic", severity: "warning", text: "hi", isEphemeral: false },
    ],
    [
      "progress of ours among the debug messages",
      message({ urn, severity: "debug", message: `${progressLine(progress)}\n` }),
      { kind: "progress", urn, progress },
    ],
    [
      "the end of the run",
      line({ summaryEvent: { durationSeconds: 3, resourceChanges: { create: 2, odd: "x" } } }),
      { kind: "summary", changes: { create: 2 } },
    ],
  ])("tells %s", (_, text, event) => {
    expect(parseEvents(text)).toEqual([event]);
  });

  test("tells each progress of a message that has several, and nothing that stands between them", () => {
    const other: Progress = { ...progress, phase: "begun" };
    const several = [progressLine(progress), "pw hunter2", progressLine(other)].join("\n");
    expect(parseEvents(message({ urn, severity: "debug", message: `${several}\n` }))).toEqual([
      { kind: "progress", urn, progress },
      { kind: "progress", urn, progress: other },
    ]);
  });

  test.each([
    ["nothing", ""],
    ["a line that was cut off", message({ severity: "info" }).slice(0, -1)],
    ["a list", "[]"],
    ["an event that nobody reads", line({ preludeEvent: { config: {} } })],
    ["a message without text", message({ severity: "info", message: 7 })],
    ["a message of an unknown severity", message({ severity: "panic" })],
    ["a debug message, which may hold a secret", message({ urn, severity: "debug", message: "pw hunter2" })],
    ["progress of no resource", message({ severity: "debug", message: progressLine(progress) })],
    ["a step without its resource", line({ resourcePreEvent: { metadata: { op: "create", type: "t" } } })],
    ["a step without metadata", line({ resOutputsEvent: {} })],
    ["a summary without counts", line({ summaryEvent: { resourceChanges: null } })],
  ])("is no event: %s", (_, text) => {
    expect(parseEvents(text)).toEqual([]);
  });
});
