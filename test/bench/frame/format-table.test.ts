import { expect, test } from "vitest";
import { formatTable } from "./format-table.ts";
import type { Row } from "./row.ts";

const spread = (median: number) => ({ median, min: median - 1, max: median + 1 });

const full: Row = {
  metric: "a long metric",
  unit: "ms",
  ours: spread(1234.5),
  peer: spread(2),
  ratio: 617.25,
  target: { of: "ratio", limit: "at most", value: 1.15 },
  met: false,
  rounds: 11,
  cpu: { ours: spread(7.123), peer: spread(3) },
  load: { before: 0.25, after: 1 },
};

test("a table is aligned, marks a miss, and shows what is absent as a dash", () => {
  const alone: Row = { ...full, metric: "b", peer: null, ratio: null, target: null, met: null };
  expect(formatTable([full, alone])).toMatchInlineSnapshot(`
    "metric         unit  ours              peer     ratio   target                rounds  cpu ms    load
    a long metric  ms    1235 (1234–1236)  2 (1–3)  617.25  ratio ≤ 1.15  missed  11      7.12 / 3  0.3 → 1.0
    b              ms    1235 (1234–1236)  -        -       -                     11      7.12 / 3  0.3 → 1.0
    "
  `);
});
