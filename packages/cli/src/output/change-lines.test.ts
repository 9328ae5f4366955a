import type { DocumentVerdict, JudgedOperation, StackVerdict } from "@coppice/engine";
import { expect, test } from "vitest";
import { stacksJson } from "./change-json.ts";
import { changeLines, changeSummary, previewLines } from "./change-lines.ts";
import { changeMarkdown } from "./change-markdown.ts";

const document = (name: string, more: Partial<DocumentVerdict>): DocumentVerdict => ({
  kind: "LabClass",
  name,
  change: "same",
  resources: {},
  seats: [],
  losses: [],
  words: [],
  warnings: [],
  refusals: [],
  ...more,
});

const shrinking = document("lab", {
  change: "update",
  words: ["1 seat is kept as it is"],
  warnings: ["1 seat is removed with all disks:\n  ada  20001  pve1"],
  seats: [
    { name: "bob", vmid: 20_002, node: "pve1", change: "kept", why: "seat is kept as it is", also: [] },
    { name: "ada", vmid: 20_001, node: "pve1", change: "removed", why: "seat is removed", also: [] },
  ],
  losses: [{ seat: "ada", vmid: 20_001, node: "pve1" }],
});
const bad = document("bad", {
  change: "refused",
  refusals: [{ message: "No guest 9999 [generation.no-source]" }],
});

const stack: StackVerdict = {
  project: "coppice-tenant",
  stack: "main",
  cluster: "main",
  verdict: { documents: [shrinking, bad, document("idle", {})], refusals: [], warnings: [] },
  others: [
    { kind: "LabClass", name: "old", seats: { ada: { vmid: 1, node: "pve1" } }, parts: [], inputs: {} },
  ],
  former: [],
};

const digest = { text: "0123-4567", parts: { description: "", packages: "", prices: "", world: "" } };
const judged = (stacks: readonly StackVerdict[]): JudgedOperation => {
  return { stacks, verdicts: { quota: [], risk: { findings: [], nodes: [], storages: [] }, digest } };
};

test("a preview says each document with its resource's words, what is lost last, and how many there are of each", () => {
  expect(previewLines(judged([stack]), false)).toEqual([
    "LabClass lab on main is changed:",
    "  1 seat is kept as it is",
    "  1 seat is removed with all disks:",
    "    ada  20001  pve1",
    "LabClass bad on main is refused:",
    "  No guest 9999 [generation.no-source]",
    "LabClass idle on main stays as it is",
    "",
    "Digest 0123-4567",
    "Documents: 1 to change, 1 unchanged, 1 refused",
    "Risk: none found",
  ]);
});

test("what was done is said without what its preview said, and what failed with its reason", () => {
  expect(changeLines([stack], "done")).toEqual([
    "LabClass lab on main was changed:",
    "  1 seat is removed with all disks:",
    "    ada  20001  pve1",
    "LabClass bad on main failed:",
    "  No guest 9999 [generation.no-source]",
    "LabClass idle on main was as described",
  ]);
  expect(changeSummary([stack], "done")).toBe("Documents: 1 changed, 1 unchanged, 1 failed");
  expect(changeSummary([], "done")).toBe("Documents: none");
});

test("what was begun and not ended is told from what a run never came to", () => {
  const documents = [
    document("lab", {
      change: "open",
      resources: { create: 2 },
      refusals: [{ message: "1 seat was not made" }],
    }),
    document("two", { change: "open" }),
  ];
  const stopped = { ...stack, verdict: { ...stack.verdict, documents } };
  expect(changeLines([stopped], "done")).toEqual([
    "LabClass lab on main was begun and is not done: the same command goes on with it:",
    "  1 seat was not made",
    "LabClass two on main was not come to, since the run ended before it",
  ]);
  expect(changeSummary([stopped], "done")).toBe("Documents: 1 begun and not done, 1 not come to");
  expect(changeLines([stopped], "planned")[0]).toBe(
    "LabClass lab on main is left open, since the run ended before it:",
  );
});

test("of a folder is said what the stack has beside, and how it would go", () => {
  expect(previewLines(judged([stack]), true).slice(0, 2)).toEqual([
    "On main, and in none of these documents: LabClass old (1 seat).",
    "It stays as it is. What may go is removed by its name: coppice destroy old",
  ]);
});

test("a comment has a table, the same words, and nothing that Markdown would take for its own", () => {
  const text = changeMarkdown(judged([stack]), { mistakes: [], isWhole: false });
  expect(text).toContain("| LabClass lab | main | update ⚠️ | 1 kept, 1 removed |");
  expect(text).toContain(
    "```\n1 seat is kept as it is\n1 seat is removed with all disks:\n  ada  20001  pve1\n```",
  );
  const odd = { ...stack, verdict: { ...stack.verdict, documents: [document("a|b", { words: ["```"] })] } };
  const escaped = changeMarkdown(judged([odd]), { mistakes: [], isWhole: false });
  expect(escaped).toContain(String.raw`| LabClass a\|b |`);
  expect(escaped).toContain("````\n```\n````");
});

test("a comment holds no more than one may, and says what is left out", () => {
  const many = Array.from({ length: 50 }, (_, index) =>
    document(`lab-${index}`, { words: ["x".repeat(5000)] }),
  );
  const text = changeMarkdown(judged([{ ...stack, verdict: { ...stack.verdict, documents: many } }]), {
    mistakes: [],
    isWhole: false,
  });
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/… and 39 more documents, which do not fit here\.\n$/);
});

test("JSON says the same, and of what stands beside how many seats it has", () => {
  expect(stacksJson([stack])).toMatchObject([
    {
      cluster: "main",
      documents: [{ name: "lab", losses: [{ seat: "ada" }] }, {}, {}],
      others: [{ name: "old", seats: 1 }],
    },
  ]);
});
