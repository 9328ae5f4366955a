import type { FieldPath, Mistake, Rule } from "../../description/mistake.ts";
import { nearestNames } from "../../description/nearest-names.ts";
import { either } from "../../description/value-text.ts";
import { type Counted, type CountField, describedSeats } from "./count-rules.ts";

type Orders = Readonly<Record<string, string>>;
interface Renewing {
  readonly policyOf?: Orders;
}
type Inputs = Counted & {
  readonly reset?: Orders;
  readonly undo?: Orders;
  readonly publish?: Renewing;
  readonly renewal?: Renewing;
};

/** More names than these are no help. */
const FEW = 3;

/** So many names are compared with seats to ask what they were meant for. */
const COMPARISONS = 50_000;

/** Whoever is named in an order is a seat. */
export function ordersRule(field: CountField, renewal: "publish" | "renewal"): Rule<Inputs> {
  const needs = ["reset", "undo", `${renewal}.policyOf`, field, "roster"];
  return { needs, find: (inputs) => orderMistakes(inputs, renewal) };
}

function orderMistakes(inputs: Inputs, renewal: "publish" | "renewal"): Mistake[] {
  const { reset, undo } = inputs;
  const policies = inputs[renewal]?.policyOf;
  if (reset === undefined && undo === undefined && policies === undefined) return [];
  const seats = describedSeats(inputs);
  const known = new Set(seats);
  const asked = Math.ceil(COMPARISONS / Math.max(1, seats.length));
  const stray = (path: FieldPath, orders: Orders = {}) =>
    Object.keys(orders)
      .filter((name) => !known.has(name))
      .map((name, index) => ({ path: [...path, name], reason: seatsText(name, seats, index < asked) }));
  return [...stray(["reset"], reset), ...stray(["undo"], undo), ...stray([renewal, "policyOf"], policies)];
}

function seatsText(name: string, seats: readonly string[], isAsked: boolean): string {
  const near = isAsked ? nearestNames(name, seats).map((seat) => `"${seat}"`) : [];
  if (near.length > 0 && near.length <= FEW)
    return `is not a seat of this class; did you mean ${either(near)}?`;
  const first = seats.slice(0, FEW).map((seat) => `"${seat}"`);
  const all = seats.length > FEW ? `${first.join(", ")} and ${seats.length - FEW} more` : first.join(", ");
  return `is not a seat of this class, which has ${all || "none"}; check the name`;
}
