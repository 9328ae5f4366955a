import { expect, test } from "vitest";
import { straysReport } from "./strays-report.ts";

const stray = {
  kind: "volume",
  what: "Number 20050 has an image folder on storage 'nas', and no machine",
  why: "It takes room, and new seats pass its number over",
  mend: "Remove what nobody needs: `pvesm free nas:20050/vm-20050-disk-0.qcow2`",
  details: {},
} as const;

test("each finding says what it is, why it matters and what mends it, within the terminal", () => {
  const others = [{ stack: "demo/prod", vmids: [21_000, 21_001] }];
  expect(straysReport({ strays: [stray], others, unseen: ["Node pve2 is offline"] }, 60)).toEqual([
    "volume      Number 20050 has an image folder on storage",
    "            'nas', and no machine.",
    "            It takes room, and new seats pass its number",
    "            over.",
    "            Remove what nobody needs: `pvesm free",
    "            nas:20050/vm-20050-disk-0.qcow2`.",
    "",
    "Of the stack demo/prod, which was not given: 21000, 21001.",
    "Whether they are strays only its state tells.",
    "Not looked at: Node pve2 is offline.",
    "",
    "1 stray found. Nothing was changed.",
  ]);
});

test("nothing found is said, and is another thing than nothing seen", () => {
  expect(straysReport({ strays: [], others: [], unseen: [] })).toEqual([
    "No strays: states and cluster say the same.",
  ]);
  expect(straysReport({ strays: [], others: [], unseen: ["A"] }).at(-1)).toMatch(/the rest nobody can tell/);
});
