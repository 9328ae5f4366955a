import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amounts, addAmounts } from "../amounts/amounts.ts";
import type { Plan } from "../kinds/generated/inputs.ts";
import { formatMoney, moneyOf } from "../money/money.ts";
import { addMoney } from "../money/money-arithmetic.ts";
import { chargeOf, type Phase, type Usage } from "./charge.ts";
import { forecast, forecastMonth } from "./forecast.ts";
import { meter } from "./meter.ts";
import { type PriceList, readPlan } from "./price-list.ts";
import type { UsageEvent } from "./usage-event.ts";

const GIB = 2 ** 30;
const STEP = 600_000;
const STEPS = forecastMonth / STEP;
const BEGIN = Date.UTC(2026, 9, 1);
const MONTH = { from: BEGIN, to: BEGIN + forecastMonth };

const plan: Plan = {
  currency: "EUR",
  stopped: "storage",
  versions: [
    {
      from: "2026-09-01",
      prices: { coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005", trafficGiB: "0.01" },
    },
  ],
};

const amounts: fc.Arbitrary<Amounts> = fc.record({
  machines: fc.constant(1),
  cores: fc.integer({ min: 1, max: 64 }),
  memory: fc.integer({ min: 1, max: 2 ** 38 }),
  storage: fc.integer({ min: 1, max: 2 ** 44 }),
});
const rate = fc.bigInt({ min: 0n, max: 10n ** 13n - 1n });
const priced = fc.record({
  stopped: fc.constantFrom("storage", "all", "nothing"),
  versions: fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: STEPS }),
      rates: fc.array(rate, { minLength: 4, maxLength: 4 }),
    }),
    { maxLength: 2 },
  ),
  first: fc.array(rate, { minLength: 4, maxLength: 4 }),
});

const asPrice = (picos: bigint) => {
  const text = String(picos).padStart(13, "0");
  return `${text.slice(0, -12)}.${text.slice(-12)}`;
};

/** A plan whose prices change at steps of the month. */
const plans: fc.Arbitrary<Plan> = priced.map(({ stopped, versions, first }) => ({
  currency: "EUR",
  stopped,
  versions: [{ step: 0, rates: first }, ...versions]
    .sort((one, other) => one.step - other.step)
    .filter(({ step }, index, all) => step !== all[index - 1]?.step)
    .map(({ step, rates: [core = 0n, memory = 0n, storage = 0n, traffic = 0n] }) => ({
      from: new Date(BEGIN + step * STEP).toISOString().replace(".000", ""),
      prices: {
        coreHour: asPrice(core),
        memoryGiBHour: asPrice(memory),
        storageGiBHour: asPrice(storage),
        trafficGiB: asPrice(traffic),
      },
    })),
}));

/** What becomes of a thing at steps of the month. */
interface Life {
  readonly made: number;
  readonly amounts: Amounts;
  readonly changes: readonly { readonly step: number; readonly what: "started" | "stopped" | Amounts }[];
  readonly removed: number | undefined;
  readonly sent: readonly { readonly step: number; readonly bytes: number }[];
}
const edges = fc.constantFrom(0, 1, STEPS - 1, STEPS);
const step = fc.oneof(fc.nat({ max: STEPS }), edges);
const lives: fc.Arbitrary<Life[]> = fc.array(
  fc.record({
    made: step,
    amounts,
    changes: fc.array(
      fc.record({ step, what: fc.oneof(fc.constantFrom("started" as const, "stopped" as const), amounts) }),
      { maxLength: 12 },
    ),
    removed: fc.option(step, { nil: undefined }),
    sent: fc.array(fc.record({ step, bytes: fc.nat() }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The same life with its steps in order: nothing happens before it is made or after it is removed, nor two things at once. */
function sound({ made, changes, removed, ...life }: Life): Life {
  const later = new Map(changes.filter((each) => each.step > made).map((each) => [each.step, each]));
  const end = removed !== undefined && removed > made ? removed : undefined;
  const inTime = [...later.values()].filter((each) => end === undefined || each.step < end);
  return { ...life, made, changes: inTime.sort((a, b) => a.step - b.step), removed: end };
}

function eventsOf(
  of: string,
  { made, amounts: first, changes, removed, sent }: Life,
  machine = "1",
): UsageEvent[] {
  const at = (each: number) => BEGIN + each * STEP;
  return [
    { kind: "made", of, machine, at: at(made), amounts: first },
    ...changes.map((change): UsageEvent => {
      const { what } = change;
      const when = { of, machine, at: at(change.step) };
      return typeof what === "string" ? { kind: what, ...when } : { kind: "resized", ...when, amounts: what };
    }),
    ...(removed === undefined ? [] : [{ kind: "removed" as const, of, machine, at: at(removed) }]),
    ...sent.map((each) => ({ kind: "sent" as const, of, machine, at: at(each.step), bytes: each.bytes })),
  ];
}

/** What is known of a month beforehand when all that will happen in it is planned: phases of ten minutes. */
function planned({ made, amounts: first, changes, removed = STEPS, sent }: Life): Usage {
  const phases: Phase[] = [];
  let [now, running] = [first, false];
  for (let at = made; at < Math.min(removed, STEPS); at += 1) {
    const what = changes.find((each) => each.step === at)?.what;
    if (typeof what === "string") running = what === "started";
    else if (what !== undefined) now = what;
    phases.push({ from: BEGIN + at * STEP, to: BEGIN + (at + 1) * STEP, amounts: now, running });
  }
  const traffic = sent.filter((each) => each.step < STEPS);
  return { phases, traffic: traffic.map((each) => ({ at: BEGIN + each.step * STEP, bytes: each.bytes })) };
}

/** The same in fractions of its own, phase by phase, without any of the code that is tested. */
function reckoned({ versions, stopped }: Plan, { phases, traffic = [] }: Usage): bigint {
  const picos = (text = "0") => BigInt(text.replace(".", ""));
  const pricesAt = (at: number) =>
    [...versions].reverse().find(({ from }) => Date.parse(from) <= at)?.prices ?? {};
  let sixths = 0n;
  for (const { from, amounts: each, running } of phases) {
    const { coreHour, memoryGiBHour, storageGiBHour } = pricesAt(from);
    const machine =
      picos(coreHour) * BigInt(each.cores) * 2n ** 30n + picos(memoryGiBHour) * BigInt(each.memory);
    const disks = picos(storageGiBHour) * BigInt(each.storage);
    if (running || stopped === "all") sixths += machine + disks;
    else if (stopped === "storage") sixths += disks;
  }
  for (const { at, bytes } of traffic) sixths += 6n * picos(pricesAt(at).trafficGiB) * BigInt(bytes);
  const whole = 6n * 2n ** 30n * 10n ** 6n;
  const [down, rest] = [sixths / whole, sixths % whole];
  const isUp = 2n * rest > whole || (2n * rest === whole && down % 2n === 1n);
  return isUp ? down + 1n : down;
}

/** A machine that runs all the month. */
function running(of: string, machine: string, its: Amounts): UsageEvent[] {
  return [
    { kind: "made", of, machine, at: BEGIN, amounts: its },
    { kind: "started", of, machine, at: BEGIN },
  ];
}

const runs = { numRuns: 60 };

describe("a simulated month", () => {
  test("is metered to the same sum that was forecast, and that a reckoner by hand comes to", () => {
    fc.assert(
      fc.property(plans, lives, (drawn, all) => {
        const prices = readPlan("campus", drawn);
        const things = all.map(sound);
        const { lines, total } = meter(
          prices,
          things.flatMap((life, index) => eventsOf(`m${index}`, life)),
          MONTH,
        );
        const forecasts = things.map((life) => chargeOf(prices, planned(life)));
        expect(total).toEqual(forecasts.reduce(addMoney, moneyOf(0, "EUR")));
        const byHand = things.map((life) => reckoned(drawn, planned(life)));
        const charged = new Map(lines.map(({ of, charge }) => [of, BigInt(charge.micros)]));
        expect(things.map((_, index) => charged.get(`m${index}`) ?? 0n)).toEqual(byHand);
      }),
      runs,
    );
  });

  test("of several machines of one document is one sum, rounded once", () => {
    fc.assert(
      fc.property(plans, lives, (drawn, all) => {
        const prices = readPlan("campus", drawn);
        const machines = all.map(sound);
        const events = machines.flatMap((life, index) => eventsOf("lab", life, `m${index}`));
        const each = machines.map(planned);
        const together: Usage = {
          phases: each.flatMap(({ phases }) => phases),
          traffic: each.flatMap(({ traffic = [] }) => traffic),
        };
        const { lines, total } = meter(prices, events, MONTH);
        expect(BigInt(total.micros)).toBe(reckoned(drawn, together));
        expect(lines.length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test("of a class whose machines run all the time costs what its forecast says, whenever prices change", () => {
    fc.assert(
      fc.property(plans, fc.array(amounts, { minLength: 1, maxLength: 25 }), (drawn, all) => {
        const prices = readPlan("campus", drawn);
        const { month } = forecast({ prices, now: BEGIN, demand: addAmounts(...all) });
        const events = all.flatMap((each, index) => running("lab", `m${index}`, each));
        expect(meter(prices, events, MONTH)).toEqual({ lines: [{ of: "lab", charge: month }], total: month });
      }),
      runs,
    );
  });

  test("comes to the same however often it is metered and in whatever order events arrive", () => {
    fc.assert(
      fc.property(plans, lives, fc.infiniteStream(fc.nat()), (drawn, all, random) => {
        const prices = readPlan("campus", drawn);
        const events = all.map(sound).flatMap((life, index) => eventsOf(`m${index}`, life));
        const keyed = events.map((event) => [random.next().value ?? 0, event] as const);
        const shuffled = keyed.sort(([a], [b]) => a - b).map(([, event]) => event);
        expect(meter(prices, shuffled, MONTH).total).toEqual(meter(prices, events, MONTH).total);
      }),
      runs,
    );
  });

  test("of what is cut into days is the same but for the rounding of each day", () => {
    fc.assert(
      fc.property(plans, lives, (drawn, all) => {
        const prices = readPlan("campus", drawn);
        const events = all.map(sound).flatMap((life, index) => eventsOf(`m${index}`, life));
        const days = Array.from({ length: 30 }, (_, day) => {
          const from = BEGIN + (day * forecastMonth) / 30;
          return meter(prices, events, { from, to: from + forecastMonth / 30 }).total.micros;
        });
        const off = days.reduce((sum, each) => sum + each, 0) - meter(prices, events, MONTH).total.micros;
        expect(Math.abs(off)).toBeLessThanOrEqual(31 * all.length);
      }),
      runs,
    );
  });
});

describe("a golden month", () => {
  const prices = readPlan("campus", plan);
  const size = { machines: 1, cores: 2, memory: 4 * GIB, storage: 20 * GIB };
  const day = (number: number, hour = 0) => Date.UTC(2026, 9, number, hour);
  const events: UsageEvent[] = [
    { kind: "made", of: "lab", machine: "ada", at: day(1), amounts: size },
    { kind: "started", of: "lab", machine: "ada", at: day(1, 12) },
    { kind: "stopped", of: "lab", machine: "ada", at: day(11, 12) },
    { kind: "resized", of: "lab", machine: "ada", at: day(11, 12), amounts: { ...size, cores: 4 } },
    { kind: "started", of: "lab", machine: "ada", at: day(21, 12) },
    { kind: "sent", of: "lab", machine: "ada", at: day(22), bytes: 3 * GIB },
    { kind: "removed", of: "lab", machine: "ada", at: day(26, 12) },
  ];

  test("with a stop, a resize and a removal comes to what a pocket calculator says", () => {
    // Disks: 20 GiB, 612 h. Running: 240 h of 2 cores and 120 h of 4, 360 h of 4 GiB. Traffic: 3 GiB.
    const micros = 20 * 612 * 50 + (240 * 2 + 120 * 4) * 4500 + 360 * 4 * 1200 + 3 * 10_000;
    expect(meter(prices, events, MONTH).total).toEqual(moneyOf(micros, "EUR"));
    expect(formatMoney(meter(prices, events, MONTH).total)).toBe("6.69 EUR");
  });

  test("charges only what lies in the period", () => {
    const hour = { from: day(5, 7), to: day(5, 8) };
    expect(meter(prices, events, hour).total.micros).toBe(2 * 4500 + 4 * 1200 + 20 * 50);
    expect(meter(prices, events, { from: day(27), to: day(28) }).total.micros).toBe(0);
  });

  test("is not guessed at where nothing tells that a thing was made", () => {
    const [, ...late] = events;
    expect(() => meter(prices, late, MONTH)).toThrow(
      /"lab" costs cannot be reckoned: its machine "ada" was.*\[usage\.incomplete\]/,
    );
  });
});

test("a thousand things are priced and summed in the time of a blink", () => {
  const prices: PriceList = readPlan("campus", plan);
  const things = Array.from({ length: 1000 }, (_, index) => ({
    machines: 25,
    cores: 50 + index,
    memory: 100 * GIB,
    storage: 800 * GIB + index,
  }));
  const months = things.map((demand) => forecast({ prices, now: BEGIN, demand }).month);
  expect(months.reduce(addMoney).micros).toBeGreaterThan(0);
});
