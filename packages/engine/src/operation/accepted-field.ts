import { hardware } from "@coppice/core";
import type { AnsweredDrift } from "./answer-drift.ts";

/** Where and what a document has to say so that a drift is none any more, or why no document can. */
export type AcceptedField =
  | { readonly path: readonly [field: string, name: string]; readonly value: string | number }
  | { readonly why: string };

/** Where a document says of a network what may drift. */
const NETWORK: Readonly<Record<string, string>> = { bridge: "bridge", VLAN: "tag" };

/** Where a document says what may drift. It says it once, for all seats. */
function saidAt(field: string): readonly [string, string] | undefined {
  if (Object.hasOwn(hardware.fields, field)) return ["hardware", field];
  const name = NETWORK[field];
  return name === undefined ? undefined : ["network", name];
}

/** Tells how a document says what is there. Only where all its seats are alike: else it would change the others. */
export function acceptedField({ document, drift }: AnsweredDrift): AcceptedField {
  const { field, value, vmid } = drift;
  if (vmid === undefined) return { why: "only what machines are is written into documents" };
  const path = saidAt(field);
  if (path === undefined) return { why: "a document says nothing of that" };
  if (value === undefined) return { why: "a document cannot say that there is none" };
  const { drifts, seats } = document;
  const gone = new Set(drifts.flatMap((each) => (each.drift === "gone" ? [each.seat] : [])));
  const alike = new Set(
    drifts.flatMap((each) => (each.field === field && each.value === value ? [each.seat] : [])),
  );
  const others = seats.filter((seat) => !gone.has(seat) && !alike.has(seat));
  if (others.length === 0) return { path, value };
  const count = others.length === 1 ? "1 other seat has" : `${others.length} other seats have`;
  return { why: `a document says one ${path.join(".")} for all seats, and ${count} another` };
}
