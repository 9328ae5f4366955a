import { describe, expect, test } from "vitest";
import { Faults } from "./faults.ts";
import { parseFaultRule } from "./parse-fault-rule.ts";

const create = { method: "POST", path: "/nodes/pve1/qemu", node: "pve1" };

describe("fault rules", () => {
  test("strike what they name and nothing else", () => {
    const faults = new Faults();
    faults.add({
      match: { method: "POST", path: "/nodes/[^/]+/qemu" },
      effect: { kind: "answer", status: 500, reason: "no" },
    });
    expect(faults.take("request", create)).toEqual({ status: 500, reason: "no" });
    expect(faults.take("request", { ...create, method: "GET" })).toBeUndefined();
    expect(faults.take("request", { ...create, path: "/nodes/pve1/qemu/100" })).toBeUndefined();
    expect(faults.take("response", create)).toBeUndefined();
  });

  test("strike the n-th time only", () => {
    const faults = new Faults();
    faults.add({ effect: { kind: "no-worker" }, match: { task: "qmcreate" }, nth: 2 });
    const strikes = [1, 2, 3].map(() => faults.take("fork", { type: "qmcreate" }) !== undefined);
    expect(strikes).toEqual([false, true, false]);
    expect(faults.take("fork", { type: "qmstart" })).toBeUndefined();
  });

  test("strike at most so many times", () => {
    const faults = new Faults();
    const id = faults.add({ effect: { kind: "drop", when: "after" }, times: 2 });
    const strikes = [1, 2, 3].map(() => faults.take("response", create) !== undefined);
    expect(strikes).toEqual([true, true, false]);
    expect(faults.list()).toMatchObject([{ id, seen: 3, struck: 2 }]);
  });

  test("repeat themselves under the same seed", () => {
    const draw = () => {
      const faults = new Faults();
      faults.add({ effect: { kind: "no-worker" }, probability: 0.3, seed: 7 });
      return Array.from({ length: 50 }, () => faults.take("fork", {}) !== undefined);
    };
    expect(draw()).toEqual(draw());
    expect(draw().filter(Boolean).length).toBeGreaterThan(5);
    expect(draw().filter(Boolean).length).toBeLessThan(30);
  });

  test("on storages spare reading", () => {
    const faults = new Faults();
    faults.add({ match: { storage: "local" }, effect: { kind: "storage", state: "full" } });
    expect(faults.take("storage", { storage: "local", type: "read" })).toBeUndefined();
    expect(faults.take("storage", { storage: "local", type: "write" })?.error).toContain(
      "No space left on device",
    );
  });

  test("end when taken back", () => {
    const faults = new Faults();
    const id = faults.add({ effect: { kind: "ssh-refused" } });
    expect([faults.remove(id), faults.remove(id)]).toEqual([true, false]);
    expect(faults.take("ssh", {})).toBeUndefined();
  });
});

describe("a rule from outside", () => {
  test("is taken as it is when it is right", () => {
    const rule = { match: { vmid: 100 }, effect: { kind: "ssh-cut", afterBytes: 900 }, times: 1 };
    expect(parseFaultRule(rule)).toEqual(rule);
  });

  test.each([
    [null, "the rule"],
    [{}, "effect"],
    [{ effect: { kind: "explode" } }, "effect.kind"],
    [{ effect: { kind: "delay" } }, "effect.ms"],
    [{ effect: { kind: "drop", when: "later" } }, "effect.when"],
    [{ effect: { kind: "no-worker", more: 1 } }, "effect.more"],
    [{ effect: { kind: "no-worker" }, match: { path: "(" } }, "match.path"],
    [{ effect: { kind: "no-worker" }, match: { vmid: "100" } }, "match.vmid"],
    [{ effect: { kind: "no-worker" }, often: true }, "the rule.often"],
  ])("%j is refused at %s", (rule, part) => {
    expect(() => parseFaultRule(rule)).toThrow(`a fault rule was not understood at ${part}`);
  });
});
