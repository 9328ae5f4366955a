import type { Amounts } from "../amounts/amounts.ts";
import { CoppiceError } from "../errors/coppice-error.ts";
import { type Money, moneyOf } from "../money/money.ts";
import { addMoney } from "../money/money-arithmetic.ts";
import { chargeOf, type Phase, type Traffic, type Usage } from "./charge.ts";
import type { PriceList } from "./price-list.ts";
import type { UsageEvent } from "./usage-event.ts";

/** A stretch of time that is charged, from its first millisecond to the first that does not belong to it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What one document costs: all its machines, rounded once. */
export interface MeteredLine {
  readonly of: string;
  readonly charge: Money;
}

/** What was used in a period. */
export interface Metered {
  /** One for each document, in the order of their first events. */
  readonly lines: readonly MeteredLine[];
  /** The sum of the lines, to the last digit. */
  readonly total: Money;
}

/**
 * What documents cost in a period, by what happened to their machines: all events since these were made, in any order. What
 * happens after the period changes nothing of it. Each document is rounded once, as its forecast is: of machines that all run
 * all the time the line is the forecast, to the smallest unit.
 *
 * @throws CoppiceError `usage.incomplete`, `plan.unknown`, `money.overflow`
 */
export function meter(prices: PriceList, events: readonly UsageEvent[], period: Period): Metered {
  const inOrder = events.filter(({ at }) => at < period.to).sort((one, other) => one.at - other.at);
  const lines = [...Map.groupBy(inOrder, ({ of }) => of)].map(([of, own]) => ({
    of,
    charge: chargeOf(prices, documentUsage(own, period)),
  }));
  return { lines, total: lines.map(({ charge }) => charge).reduce(addMoney, moneyOf(0, prices.currency)) };
}

interface Standing {
  readonly since: number;
  readonly amounts: Amounts;
  readonly running: boolean;
}

/** What all machines of a document took in a period, by their events in order. */
function documentUsage(events: readonly UsageEvent[], period: Period): Usage {
  const machines = [...Map.groupBy(events, ({ machine }) => machine).values()];
  const usages = machines.map((own) => machineUsage(own, period));
  return {
    phases: usages.flatMap(({ phases }) => phases),
    traffic: usages.flatMap(({ traffic = [] }) => traffic),
  };
}

function machineUsage(events: readonly UsageEvent[], period: Period): Usage {
  const phases: Phase[] = [];
  const traffic: Traffic[] = [];
  let standing: Standing | undefined;
  for (const event of events) {
    if (event.kind === "sent") {
      if (event.at >= period.from) traffic.push({ at: event.at, bytes: event.bytes });
      continue;
    }
    if (standing !== undefined) phases.push(...phaseOf(standing, event.at, period));
    standing = after(standing, event);
  }
  if (standing !== undefined) phases.push(...phaseOf(standing, period.to, period));
  return { phases, traffic };
}

/** The part of a phase that lies in the period, if there is one. */
function phaseOf({ since, amounts, running }: Standing, until: number, period: Period): Phase[] {
  const phase = { from: Math.max(since, period.from), to: Math.min(until, period.to), amounts, running };
  return phase.from < phase.to ? [phase] : [];
}

type LifeEvent = Exclude<UsageEvent, { readonly kind: "sent" }>;

function after(standing: Standing | undefined, event: LifeEvent): Standing | undefined {
  if (event.kind === "made") return { since: event.at, amounts: event.amounts, running: false };
  if (standing === undefined) throw incomplete(event);
  const next = { ...standing, since: event.at };
  switch (event.kind) {
    case "resized":
      return { ...next, amounts: event.amounts };
    case "started":
      return { ...next, running: true };
    case "stopped":
      return { ...next, running: false };
    case "removed":
      return undefined;
  }
}

function incomplete({ of, machine, kind, at }: UsageEvent): CoppiceError {
  return new CoppiceError("usage.incomplete", {
    what: `What "${of}" costs cannot be reckoned`,
    why: `its machine "${machine}" was ${kind} at ${new Date(at).toISOString()}, and nothing tells that it was made before`,
  });
}
