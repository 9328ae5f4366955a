import { CoppiceError } from "@coppice/core";
import { expect, test } from "vitest";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import { secretsHider } from "./hide-secrets.ts";
import { RunRecord } from "./run-record.ts";

const step = (phase: StepEvent["phase"], urn: string, more: Partial<StepEvent> = {}): StepEvent => ({
  kind: "step",
  phase,
  op: "create",
  urn,
  type: "coppice:index:OverlayPool",
  isPlanned: false,
  ...more,
});
const error = (text: string, urn?: string): EngineEvent => ({
  kind: "diagnostic",
  severity: "error",
  text,
  isEphemeral: false,
  ...(urn !== undefined && { urn }),
});

function recordOf(...events: readonly EngineEvent[]): RunRecord {
  const record = new RunRecord(secretsHider(["geheim-7"]));
  for (const event of events) record.take(event);
  return record;
}

test("what was begun and not done is left, except in a preview and the stack itself", () => {
  const record = recordOf(
    step("begun", "a"),
    step("begun", "b"),
    step("done", "a"),
    step("failed", "c"),
    step("begun", "d", { isPlanned: true }),
    step("begun", "e", { type: "pulumi:pulumi:Stack" }),
  );
  expect(record.outcome("failed").left).toEqual(["b", "c"]);
  expect(record.outcome("succeeded").left).toEqual([]);
});

test("failures are told with their code and their resource, once, and the engine's echo only where nothing else is", () => {
  const record = recordOf(error("No room [pool.space]", "a"), error("update failed"));
  record.fail(new CoppiceError("pool.space", { what: "No room" }));
  expect(record.outcome("failed").failures).toEqual([
    { message: "No room [pool.space]", code: "pool.space", urn: "a" },
  ]);
  expect(recordOf(error("update failed")).outcome("failed").failures).toEqual([{ message: "update failed" }]);
});

test("a sentence that is true of two documents is told of both", () => {
  const sentence = "No template 9000 [generation.no-source]";
  const { failures } = recordOf(error(sentence, "a"), error(sentence, "b"), error(sentence, "b")).outcome(
    "failed",
  );
  expect(failures.map(({ urn }) => urn)).toEqual(["a", "b"]);
});

test("a code that nobody knows is none", () => {
  expect(recordOf(error("odd [no.such]")).outcome("failed").failures).toEqual([{ message: "odd [no.such]" }]);
});

test("what a program throws is told without the secrets of the run", () => {
  const record = recordOf();
  record.fail(new Error("cannot use geheim-7"));
  expect(record.outcome("failed").failures).toEqual([{ message: "cannot use [secret]" }]);
});
