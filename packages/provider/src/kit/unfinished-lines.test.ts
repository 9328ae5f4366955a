import { expect, test } from "vitest";
import { unfinishedLines } from "./unfinished-lines.ts";

test("a reason that several share is said once, with all their names", () => {
  const seat = (item: string, node: string, reason: string) => ({
    item,
    kind: [`seat on ${node} was not made`, `seats on ${node} were not made`] as const,
    code: reason === "disk full" ? ("pool.space" as const) : ("pve.node-unreachable" as const),
    reason,
  });
  const lines = unfinishedLines([
    seat("ada", "pve2", "pve2 is away"),
    seat("grace", "pve1", "disk full"),
    seat("seat-01", "pve2", "pve2 is away"),
    seat("seat-02", "pve2", "pve2 is away"),
    seat("seat-03", "pve2", "pve2 is away"),
    seat("hedy", "pve3", "pve2 is away"),
  ]);
  expect(lines).toEqual([
    "4 seats on pve2 were not made (ada, seat-01–seat-03): pve2 is away [pve.node-unreachable]",
    "1 seat on pve1 was not made (grace): disk full [pool.space]",
    "1 seat on pve3 was not made (hedy): pve2 is away [pve.node-unreachable]",
  ]);
});

test("what has no kind is called items", () => {
  const failure = { code: "provider.interrupted", reason: "cancelled" } as const;
  expect(unfinishedLines([{ item: "a", ...failure }])).toEqual(["a: cancelled [provider.interrupted]"]);
  expect(
    unfinishedLines([
      { item: "a", ...failure },
      { item: "b", ...failure },
    ]),
  ).toEqual(["2 items (a, b): cancelled [provider.interrupted]"]);
});

test("reasons that read alike and have different codes are told apart", () => {
  const reason = "no answer";
  const lines = unfinishedLines([
    { item: "a", code: "pve.connection", reason },
    { item: "b", code: "ssh.connection", reason },
  ]);
  expect(lines).toEqual(["a: no answer [pve.connection]", "b: no answer [ssh.connection]"]);
});
