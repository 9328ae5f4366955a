import { expect, test } from "vitest";
import { engineArguments } from "./engine-arguments.ts";
import type { RunOrder } from "./run-order.ts";

const places = { programPort: 5, eventLog: "/e" };
const lab = { kind: "LabClass", name: "lab", inputs: {} };
const order = (verb: RunOrder["verb"], more: Partial<RunOrder> = {}): RunOrder => ({
  verb,
  project: "coppice-tenant",
  stack: "main",
  documents: [lab],
  clusters: {},
  credentials: {},
  message: "-- as words",
  who: "ada",
  ...more,
});
const wordsOf = (verb: RunOrder["verb"], more?: Partial<RunOrder>) =>
  engineArguments(order(verb, more), places);

test("a change is made without another preview and without a question, a preview is one", () => {
  expect(wordsOf("up")).toEqual(expect.arrayContaining(["--yes", "--skip-preview", "--client=127.0.0.1:5"]));
  expect(wordsOf("preview")).not.toContain("--yes");
});

test("a refresh goes by the clusters of today where documents are there, by the state where none are", () => {
  expect(wordsOf("refresh")).toContain("--run-program=true");
  expect(wordsOf("destroy", { documents: [] })).not.toContain("--run-program=true");
  expect(wordsOf("up")).not.toContain("--run-program=true");
});

test("targets come with what depends on them", () => {
  const targets = ["urn:a", "urn:b"];
  const last = ["--target", "urn:a", "--target", "urn:b", "--target-dependents"];
  expect(wordsOf("up", { targets }).slice(-5)).toEqual(last);
  expect(wordsOf("up")).not.toContain("--target-dependents");
});
