import { expect, test } from "vitest";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { RecordedDocument } from "../../stack/recorded-stack.ts";
import { judgeCost } from "../cost/judge-cost.ts";
import { demandOf, judged, recordedClass, verdictOf } from "../fixtures/judged.ts";
import { removedDocuments, settledDocuments } from "./settled-documents.ts";

const now = Date.parse("2026-10-01T00:00Z");
const plan = {
  kind: "Plan" as const,
  name: "campus",
  cluster: "",
  inputs: { currency: "EUR", versions: [{ from: "2026-09-01", prices: { coreHour: "0.01" } }] },
  file: "plans.yaml",
  line: 1,
};
/** What two cores cost in an hour, and in a month. */
const [HOUR, MONTH] = [20_000, 720 * 20_000];

function stackWith(
  documents: readonly DocumentVerdict[],
  former: readonly RecordedDocument[] = [],
): StackVerdict {
  const verdict = { documents, refusals: [], warnings: [] };
  return { project: "coppice-tenant", stack: "acme.main", cluster: "main", verdict, others: [], former };
}

function costOf(documents: Parameters<typeof settledDocuments>[0], removed: readonly StackVerdict[] = []) {
  const stacks = [stackWith(documents.map(({ verdict }) => verdict))];
  const settled = [...settledDocuments(documents, stacks), ...removedDocuments(removed)];
  const cost = judgeCost({ given: [plan], documents: settled, tenants: [], now });
  const { hour, moreAMonth, untilExpiry } = cost?.total ?? {};
  return [
    cost?.documents.map(({ name }) => name) ?? [],
    hour?.micros,
    moreAMonth?.micros,
    untilExpiry?.micros,
  ];
}

test.each(["refused", "unknown", "open"] as const)("what is %s costs what it costs now", (change) => {
  const made = judged("made", { demand: demandOf(0, 1) });
  const verdict = verdictOf("lab", { change });
  const fresh = judged("lab", { demand: demandOf(0, 3), verdict });
  expect(costOf([made, fresh])).toEqual([["made"], HOUR, MONTH, undefined]);
  const grown = { ...fresh, demand: demandOf(1, 3), former: recordedClass("lab", 1, 20_000) };
  expect(costOf([made, grown])).toEqual([["made", "lab"], 2 * HOUR, MONTH, undefined]);
});

test("what quota refuses is no cost, though its resources would have it", () => {
  const lab = judged("lab", { demand: demandOf(0, 3) });
  const refused = [stackWith([verdictOf("lab", { change: "refused" })])];
  expect(settledDocuments([lab], refused)).toEqual([]);
});

test("what goes makes it less, and ends", () => {
  const inputs = { expires: "2026-10-01", tenant: "acme" };
  const lab = judged("lab", { demand: demandOf(0, 1), inputs });
  const former = [recordedClass("gone", 2, 20_000), recordedClass("held", 1, 21_000)];
  const demand = (count: number) => demandOf(count, count);
  const gone = verdictOf("gone", { change: "delete", demand: demand(2) });
  expect(costOf([lab], [stackWith([gone], former)])).toEqual([["lab", "gone"], HOUR, -MONTH, 24 * HOUR]);
  const held = verdictOf("held", { change: "refused", demand: demand(1) });
  expect(costOf([], [stackWith([gone, held], former)])).toEqual([
    ["gone", "held"],
    HOUR,
    -2 * MONTH,
    undefined,
  ]);
});
