import { describe, expect, test } from "vitest";
import type { Recorded } from "../recording.ts";
import type { WireAnswer } from "../wire-answer.ts";
import { judge } from "./judge.ts";
import { References } from "./references.ts";

const date = "Sat, 21 Nov 2026 00:00:00 GMT";
const headers = { "cache-control": "max-age=0", server: "pve-api-daemon/3.0" };

function line(data: unknown): Recorded {
  const req = { method: "GET", path: "/api2/json/nodes/pve1/qemu/100/config" };
  return { group: "test", n: 1, note: "", req, res: { status: 200, reason: "OK", headers, json: { data } } };
}

function answer(data: unknown, changed: Readonly<Record<string, string>> = {}): WireAnswer {
  const body = Buffer.from(JSON.stringify({ data }));
  return { status: 200, reason: "OK", headers: { ...headers, date, expires: date, ...changed }, body };
}

const mac = (last: string) => ({ net0: `virtio=BC:24:11:00:00:${last},bridge=vmbr0` });

describe("names bind both ways", () => {
  test("what differs stays different: one MAC for two guests is told", () => {
    const first = judge(line(mac("01")), answer(mac("AA")), new References());
    expect(first.differences).toEqual([]);
    expect(judge(line(mac("02")), answer(mac("AA")), first.references).differences).toHaveLength(1);
    expect(judge(line(mac("02")), answer(mac("BB")), first.references).differences).toEqual([]);
  });

  test("what is equal stays equal: two MACs for one guest are told", () => {
    const first = judge(line(mac("01")), answer(mac("AA")), new References());
    expect(judge(line(mac("01")), answer(mac("BB")), first.references).differences).toHaveLength(1);
  });

  test("an answer that is thrown away leaves nothing behind", () => {
    const known = new References();
    judge(line(mac("01")), answer(mac("AA")), known);
    expect(judge(line(mac("01")), answer(mac("BB")), known).differences).toEqual([]);
  });
});

describe("headers", () => {
  test.for([
    ["a changed one", { "cache-control": "no-store" }],
    ["one too many", { "x-more": "1" }],
    ["a date that is none", { date: "today" }],
  ] as const)("%s is told", ([, changed]) => {
    expect(judge(line({}), answer({}, changed), new References()).differences).toHaveLength(1);
  });

  test("a missing one is told", () => {
    const { server: _, ...others } = answer({}).headers;
    const bare = { ...answer({}), headers: others };
    expect(judge(line({}), bare, new References()).differences).toEqual([
      "header server: recorded pve-api-daemon/3.0, got none",
    ]);
  });
});
