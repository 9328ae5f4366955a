import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DocumentVerdict } from "../changes/change-verdict.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import { forgetCutOff } from "./forget-cut-off.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-forget-"));
  await mkdir(join(folder, "runs"));
  await writeFile(join(folder, "pulumi"), `#!/bin/sh\necho "$1 $2" >> ${folder}/calls\necho '{}'\n`);
  await chmod(join(folder, "pulumi"), 0o700);
});
afterEach(() => rm(folder, { recursive: true }));

const recordedAs = (name: string, more: Partial<RecordedDocument> = {}): RecordedDocument => {
  return { kind: "LabClass", name, seats: {}, parts: [], inputs: {}, ...more };
};
const verdictOf = (name: string, change: DocumentVerdict["change"]): DocumentVerdict => {
  const none = { resources: {}, seats: [], losses: [], words: [], warnings: [], refusals: [] };
  return { kind: "LabClass", name, change, ...none };
};

test.each<[string, boolean, RecordedDocument[], DocumentVerdict[], boolean]>([
  ["nothing is pending", false, [recordedAs("lab")], [verdictOf("lab", "same")], false],
  [
    "it is of what the run has done",
    true,
    [recordedAs("lab", { isPending: true })],
    [verdictOf("lab", "update")],
    true,
  ],
  ["it is of no document", true, [recordedAs("lab")], [verdictOf("lab", "create")], true],
  ["the run broke off", true, [recordedAs("lab", { isPending: true })], [verdictOf("lab", "open")], false],
  ["it is another's", true, [recordedAs("two", { isPending: true })], [verdictOf("lab", "create")], false],
])("where %s, whether the engine is to forget it", async (_, isPending, recorded, documents, isForgotten) => {
  const home = { folder, backend: "file:///nowhere", variables: {} };
  const options = { home, pulumi: join(folder, "pulumi"), environment: process.env };
  const place = { project: "coppice-tenant", stack: "main", cluster: "main" };
  const plan = { ...place, given: [], declared: [], recorded, isPending };
  await forgetCutOff(options, plan, { documents, refusals: [], warnings: [] });
  const calls = await readFile(join(folder, "calls"), "utf8").catch(() => "");
  expect(calls).toBe(isForgotten ? "stack export\nstack import\n" : "");
});
