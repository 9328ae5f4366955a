import { expect, test } from "vitest";
import { progressOf } from "./engine-progress.ts";

const event = (message: string, ephemeral: boolean) =>
  JSON.stringify({ sequence: 1, diagnosticEvent: { urn: "urn:x", message, severity: "info", ephemeral } });

test("a line of progress is its text and how far it is", () => {
  expect(progressOf(event("creating seat-08 (12 of 25)\n", true))).toEqual({
    text: "creating seat-08",
    share: [12, 25],
  });
  expect(progressOf(event("copying 20000 to 20999 on pve1\n", true))).toEqual({
    text: "copying 20000 to 20999 on pve1",
  });
});

test("everything else in the log is no progress", () => {
  expect(progressOf(event("a warning that stays\n", false))).toBeUndefined();
  expect(progressOf('{"resourcePreEvent":{}}')).toBeUndefined();
});
