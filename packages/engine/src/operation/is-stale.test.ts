import type { Properties } from "@coppice/core";
import { expect, test } from "vitest";
import { isStale } from "./is-stale.ts";

const vmids = { from: 20_000, to: 20_099 };
const lab = (inputs: Properties = {}): Properties => ({ seats: 3, vmids, ...inputs });
const wanted = (inputs: Properties) => ({ kind: "LabClass", name: "lab", inputs });
const grown = lab({ seats: 30 });

test.each<[string, Properties, Properties | undefined, Properties | undefined, boolean]>([
  ["nobody was there in between", lab({ seats: 2 }), lab(), lab(), false],
  ["it was enlarged: its new seats would go", lab({ seats: 2 }), lab(), grown, true],
  ["it was made by somebody else, another one", lab(), undefined, grown, true],
  ["somebody else made the same", grown, lab(), grown, false],
  ["somebody else made the same, with numbers that were chosen", { seats: 30 }, undefined, grown, false],
  ["somebody else removed it", lab(), lab(), undefined, false],
  [
    "another seat was reset",
    lab({ reset: { "seat-01": "a" } }),
    lab(),
    lab({ reset: { "seat-02": "b" } }),
    false,
  ],
  [
    "a seat whose reset was done already was reset again",
    lab({ reset: { "seat-01": "a" } }),
    lab({ reset: { "seat-01": "a" } }),
    lab({ reset: { "seat-01": "b" } }),
    true,
  ],
  [
    "a seat whose reset was shown was reset besides",
    lab({ reset: { "seat-01": "c" } }),
    lab({ reset: { "seat-01": "a" } }),
    lab({ reset: { "seat-01": "b" } }),
    false,
  ],
])("%s: refused is what takes back what nobody was shown", (_, inputs, shown, now, stale) => {
  expect(isStale(wanted(inputs), { shown, now, declared: now })).toBe(stale);
});
