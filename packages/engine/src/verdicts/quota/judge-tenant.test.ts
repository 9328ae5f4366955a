import { describe, expect, test } from "vitest";
import { demandOf, judged, recordedClass, seats, verdictOf } from "../fixtures/judged.ts";
import { judgeTenant } from "./judge-tenant.ts";

const tenant = { tenant: "acme", cluster: "main" };
const members = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ vmid: first + index, amounts: seats(1) }));

describe("what documents of a tenant ask for", () => {
  test.each([
    ["less than there is", 7, true],
    ["just what there is", 6, true],
    ["one more", 5, false],
  ])("together %s", (_, machines, fits) => {
    const documents = [judged("one", { demand: demandOf(0, 2) }), judged("two", { demand: demandOf(0, 2) })];
    const { verdict, refusal } = judgeTenant({
      ...tenant,
      documents,
      recorded: [],
      use: { limits: { machines }, members: members(100, 2) },
    });
    expect(verdict?.lines).toMatchObject([{ limit: machines, used: 2, asked: 4, allowed: machines - 2 }]);
    expect([verdict?.fits, refusal === undefined]).toEqual([fits, fits]);
    if (!fits) expect(refusal?.message).toContain('leave no room for class "one" and class "two": machines:');
  });

  test("counts what a document has once, and what it lost not at all", () => {
    const former = recordedClass("one", 3, 20_001);
    const documents = [
      judged("one", { former, demand: demandOf(3, 4), verdict: verdictOf("one", { change: "update" }) }),
    ];
    const { verdict } = judgeTenant({
      ...tenant,
      documents,
      recorded: [former],
      use: { limits: { machines: 10 }, members: [...members(20_001, 2), ...members(100, 1)] },
    });
    // One of the three is no member any more: it is asked for again.
    expect(verdict?.lines).toMatchObject([{ used: 3, asked: 2 }]);
  });

  test("is not refused again where a resource has refused it, and nothing is asked of it then", () => {
    const refused = verdictOf("one", {
      change: "refused",
      refusals: [{ message: "no", code: "quota.exceeded" }],
    });
    const documents = [
      judged("one", { demand: demandOf(0, 9), verdict: refused }),
      judged("two", { demand: demandOf(0, 2) }),
    ];
    const { verdict, refusal } = judgeTenant({
      ...tenant,
      documents,
      recorded: [],
      use: { limits: { machines: 3 }, members: [] },
    });
    expect([verdict?.fits, refusal]).toEqual([false, undefined]);
  });

  test("always fits where it is nothing, however much is used", () => {
    const former = recordedClass("one", 3, 20_001);
    const documents = [
      judged("one", { former, demand: demandOf(3, 1), verdict: verdictOf("one", { change: "update" }) }),
    ];
    const used = {
      ...tenant,
      documents,
      recorded: [former],
      use: { limits: { machines: 1 }, members: members(20_001, 3) },
    };
    expect(judgeTenant(used).verdict?.fits).toBe(true);
  });

  test("has no verdict where nothing limits it", () => {
    const documents = [judged("one", { demand: demandOf(0, 3) })];
    expect(judgeTenant({ ...tenant, documents, recorded: [], use: undefined }).verdict).toBeUndefined();
  });

  test("counts what others of its documents have in full, though Proxmox lists their first disks alone", () => {
    const recorded = [recordedClass("other", 2, 20_101)];
    const listed = [20_101, 20_102].map((vmid) => ({ vmid, amounts: { ...seats(1), storage: 1 } }));
    const documents = [judged("one", { demand: demandOf(0, 1) })];
    const use = { limits: { storage: seats(9).storage }, members: listed };
    const { verdict } = judgeTenant({ ...tenant, documents, recorded, use });
    expect(verdict?.lines).toMatchObject([{ used: seats(2).storage, asked: seats(1).storage }]);
  });
});
