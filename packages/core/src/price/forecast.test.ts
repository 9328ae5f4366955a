import { describe, expect, test } from "vitest";
import { addAmounts, noAmounts } from "../amounts/amounts.ts";
import type { Plan } from "../kinds/generated/inputs.ts";
import { addForecasts, forecast, forecastMonth } from "./forecast.ts";
import { meter } from "./meter.ts";
import { readPlan } from "./price-list.ts";

const GIB = 2 ** 30;
const HOUR = 3_600_000;
const now = Date.UTC(2026, 9, 1);
const plan = (more: Partial<Plan> = {}): Plan => ({
  currency: "EUR",
  stopped: "storage",
  versions: [
    {
      from: "2026-09-01",
      prices: { coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005" },
    },
  ],
  ...more,
});
const demand = { machines: 25, cores: 50, memory: 100 * GIB, storage: 800 * GIB };
const question = { prices: readPlan("campus", plan()), now, demand };
const HOURLY = 50 * 4500 + 100 * 1200 + 800 * 50;

describe("a forecast", () => {
  test("tells an hour, a month, and all until the end", () => {
    const { hour, month, untilExpiry } = forecast({ ...question, expires: now + 100 * HOUR });
    expect([hour, month, untilExpiry].map((each) => each?.micros)).toEqual([
      HOURLY,
      720 * HOURLY,
      100 * HOURLY,
    ]);
  });

  test("tells no end where none is said, and nothing of one that has passed", () => {
    expect(forecast(question)).not.toHaveProperty("untilExpiry");
    expect(forecast({ ...question, expires: now - HOUR }).untilExpiry?.micros).toBe(0);
  });

  test.each([
    ["storage", 800 * 50],
    ["all", HOURLY],
    ["nothing", 0],
  ] as const)("charges %s of what is stopped, if the plan says so", (stopped, micros) => {
    const prices = readPlan("campus", plan({ stopped }));
    expect(forecast({ ...question, prices }).stoppedHour.micros).toBe(micros);
  });

  test("tells what is more than now, also where it is less", () => {
    const before = { ...noAmounts, cores: 10 };
    expect(forecast({ ...question, before }).moreAMonth.micros).toBe(720 * (HOURLY - 10 * 4500));
    expect(forecast({ ...question, before: addAmounts(demand, before) }).moreAMonth.micros).toBe(
      -720 * 10 * 4500,
    );
  });

  test("takes the prices that are known for later", () => {
    const [first] = plan().versions;
    const dearer = { from: "2026-10-16", prices: { coreHour: "1" } };
    const prices = readPlan("campus", plan({ versions: [...(first ? [first] : []), dearer] }));
    const { month } = forecast({ ...question, prices });
    expect(month.micros).toBe(15 * 24 * (HOURLY + 50 * 1_000_000));
  });

  test("keeps prices that are far below the smallest unit of money", () => {
    const prices = readPlan(
      "campus",
      plan({ versions: [{ from: "2026-01-01", prices: { storageGiBHour: "0.000000068493" } }] }),
    );
    expect(forecast({ ...question, prices }).month.micros).toBe(Math.round(0.068493 * 800 * 720));
  });

  test("of twenty-five machines is what is metered of them, and not twenty-five times what is rounded of one", () => {
    const versions = [{ from: "2026-01-01", prices: { storageGiBHour: "0.000000068493" } }];
    const prices = readPlan("campus", plan({ versions }));
    const its = { ...noAmounts, machines: 1, storage: GIB };
    const metered = (count: number) => {
      const made = { kind: "made", of: "lab", at: now, amounts: its } as const;
      const events = Array.from({ length: count }, (_, index) => ({ ...made, machine: `m${index}` }));
      return meter(prices, events, { from: now, to: now + forecastMonth }).total.micros;
    };
    // 720 hours at 0.068493 millionths: of one 49.31496, of all 1232.874.
    expect([metered(1), metered(25)]).toEqual([49, 1233]);
    const all = { ...its, machines: 25, storage: 25 * GIB };
    expect(forecast({ ...question, prices, demand: all }).month.micros).toBe(1233);
  });

  test("is refused where the plan has no prices yet, or where they overflow", () => {
    expect(() => forecast({ ...question, now: Date.UTC(2026, 7, 31) })).toThrow(
      /"campus" has no prices for 2026-08-31.*\[plan\.unknown\]/,
    );
    const dear = readPlan(
      "campus",
      plan({ versions: [{ from: "2026-01-01", prices: { coreHour: "999999" } }] }),
    );
    expect(() => forecast({ ...question, prices: dear, demand: { ...demand, cores: 1e6 } })).toThrow(
      "[money.overflow]",
    );
  });
});

describe("several forecasts", () => {
  const one = forecast({ ...question, expires: now + HOUR });

  test("are added, and end together only where all of them end", () => {
    expect(addForecasts(one, one).month.micros).toBe(2 * one.month.micros);
    expect(addForecasts(one, one).untilExpiry?.micros).toBe(2 * HOURLY);
    expect(addForecasts(one, forecast(question))).not.toHaveProperty("untilExpiry");
  });

  test("of two currencies are refused", () => {
    const prices = readPlan("abroad", plan({ currency: "CHF" }));
    expect(() => addForecasts(one, forecast({ ...question, prices }))).toThrow(
      /EUR and CHF.*\[plan\.currency\]/,
    );
  });
});
