import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amounts, addAmounts, amountNames, noAmounts } from "../amounts/amounts.ts";
import { judgeQuota } from "./judge-quota.ts";
import { quotaRefusal } from "./quota-refusal.ts";

const GIB = 2 ** 30;
const whole = fc.nat({ max: 1000 });
const amounts: fc.Arbitrary<Amounts> = fc.record({
  machines: whole,
  cores: whole,
  memory: whole,
  storage: whole,
});
const question = { tenant: "acme", what: 'class "lab"' };

describe("what is asked for", () => {
  test("fits exactly when all that is used, promised and asked for stays below every limit", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, amounts, (limits, used, reserved, asked) => {
        const total = addAmounts(used, reserved, asked);
        const fits = amountNames.every((name) => asked[name] === 0 || total[name] <= limits[name]);
        expect(judgeQuota({ ...question, limits, used, reserved, asked }).fits).toBe(fits);
      }),
    );
  });

  test.each(amountNames)("of %s fits when it is full to the last, and not with one more", (name) => {
    const limits = { [name]: 40 };
    const used = { ...noAmounts, [name]: 15 };
    const judged = (count: number) =>
      judgeQuota({ ...question, limits, used, asked: { ...noAmounts, [name]: count } });
    expect([24, 25, 26].map((count) => judged(count).fits)).toEqual([true, true, false]);
    expect(judged(26).lines).toEqual([
      { name, limit: 40, used: 15, reserved: 0, asked: 26, allowed: 25, over: 1 },
    ]);
  });

  test("may be allowed whatever it is, if as much less is asked for as is too much", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (limits, used, asked) => {
        const first = judgeQuota({ ...question, limits, used, asked });
        const less = Object.fromEntries(first.lines.map((line) => [line.name, line.asked - line.over]));
        expect(judgeQuota({ ...question, limits, used, asked: { ...asked, ...less } }).fits).toBe(true);
      }),
    );
  });

  test("is never too much where something is given back, also above the limit", () => {
    const used = { ...noAmounts, machines: 50 };
    const back = { ...noAmounts, machines: -5 };
    expect(judgeQuota({ ...question, limits: { machines: 40 }, used, asked: back }).fits).toBe(true);
    expect(judgeQuota({ ...question, limits: { machines: 40 }, used, asked: noAmounts }).fits).toBe(true);
  });

  test("has no limit where none is set", () => {
    const asked = { machines: 1e6, cores: 1e6, memory: 1e15, storage: 1e15 };
    expect(judgeQuota({ ...question, limits: {}, used: noAmounts, asked })).toMatchObject({
      fits: true,
      lines: [],
    });
  });
});

describe("a refusal", () => {
  const verdict = judgeQuota({
    tenant: "acme",
    what: 'class "networks-101"',
    limits: { machines: 40, cores: 120, memory: 256 * GIB },
    used: { machines: 30, cores: 60, memory: 224 * GIB, storage: 0 },
    asked: { machines: 25, cores: 50, memory: 64 * GIB, storage: 0 },
  });

  test("names tenant, thing, limit, use, what is asked for and allowed, and what is too much", () => {
    const error = quotaRefusal(verdict);
    expect(error.message).toBe(
      'The limits of tenant "acme" leave no room for class "networks-101": ' +
        "machines: 25 asked for, 10 allowed (limit 40, used 30), 15 too many; " +
        "memory: 64 GiB asked for, 32 GiB allowed (limit 256 GiB, used 224 GiB), 32 GiB too much. " +
        "Ask for less, remove what the tenant does not need any more, or have an operator raise its limits [quota.exceeded]",
    );
    expect(error.details).toMatchObject({ tenant: "acme", "machines.limit": 40, "memory.over": 32 * GIB });
    expect(error.details).not.toHaveProperty("cores.limit");
  });

  test("is the same of a verdict that was sent", () => {
    // as: what was sent is what was judged.
    const sent = JSON.parse(JSON.stringify(verdict)) as typeof verdict;
    expect(quotaRefusal(sent).message).toBe(quotaRefusal(verdict).message);
  });

  test("tells what runs at the same time were promised", () => {
    const reserved = { ...noAmounts, machines: 5 };
    const used = { ...noAmounts, machines: 30 };
    const asked = { ...noAmounts, machines: 6 };
    const refused = judgeQuota({ ...question, limits: { machines: 40 }, used, reserved, asked });
    expect(quotaRefusal(refused).why).toBe(
      "machines: 6 asked for, 5 allowed (limit 40, used 30, reserved 5), 1 too many",
    );
  });
});
