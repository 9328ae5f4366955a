import { describe, expect, test } from "vitest";
import { parseEvents } from "./engine-event.ts";

describe("an event log", () => {
  test("is read line by line, without the line that a kill cut off", () => {
    const log = '{"diagnosticEvent":{"message":"a","severity":"info"}}\n\n{"diagnosticEvent":{"mess';
    expect(parseEvents(log)).toEqual([{ diagnosticEvent: { message: "a", severity: "info" } }]);
  });
});
