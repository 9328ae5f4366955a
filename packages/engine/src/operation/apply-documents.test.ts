import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { untouched } from "../changes/untouched.ts";
import { holdStack } from "../lease/hold-stack.ts";
import type { RunOrder } from "../run/run-order.ts";
import { applyDocuments } from "./apply-documents.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-apply-"));
});
afterEach(() => rm(folder, { recursive: true }));

const orderOf = (name: string, refresh: boolean): DocumentsOrder => {
  const inputs = { vmids: { from: 20_000, to: 20_099 } };
  const document = {
    kind: "LabClass",
    name,
    cluster: "main",
    inputs,
    file: `${name}.yaml`,
    line: 1,
  } as const;
  return { documents: [document], clusters: {}, environment: {}, message: name, who: name, refresh };
};

/** Applies what waits together until the stack is free; tells the runs. */
async function appliedTogether(...orders: readonly DocumentsOrder[]): Promise<RunOrder[]> {
  const runs: RunOrder[] = [];
  const home = { folder, backend: `file://${folder}/state`, variables: {} };
  const parts: OperationParts = {
    home,
    pulumi: "pulumi",
    environment: {},
    guestsOf: () => Promise.resolve([]),
    run: (run) => {
      runs.push(run);
      return Promise.resolve({ result: "succeeded", changes: {}, failures: [], left: [] });
    },
  };
  const { signal } = new AbortController();
  const stack = { project: "coppice-tenant", stack: "main", cluster: "main" };
  const applications = await holdStack(home, stack, { who: "bob", signal }, async () => {
    const waiting = orders.map((order) => {
      const documents = order.documents.map((each) => ({
        ...untouched(each, "same"),
        change: "update" as const,
      }));
      const previewed = [{ ...stack, verdict: { documents, refusals: [], warnings: [] }, others: [] }];
      let heard = () => {};
      const waits = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const talk = { signal, tell: () => undefined, waits: () => heard() };
      return [applyDocuments(parts, { order, previewed }, talk), waits] as const;
    });
    await Promise.all(waiting.map(([, waits]) => waits));
    return waiting.map(([application]) => application);
  });
  await Promise.all(applications);
  return runs;
}

const told = (runs: readonly RunOrder[]) =>
  runs
    .map(({ documents, isRefreshed }) => {
      const names = documents.map(({ name }) => name).sort();
      return `${names.join("+")}${isRefreshed === true ? " anew" : ""}`;
    })
    .sort();

test("two orders that wait are one run", async () => {
  expect(told(await appliedTogether(orderOf("a", false), orderOf("b", false)))).toEqual(["a+b"]);
});

test("who wants everything read anew gets that, and nobody who was not shown it", async () => {
  expect(told(await appliedTogether(orderOf("a", true), orderOf("b", false)))).toEqual(["a anew", "b"]);
});

test("a document whose name a thing of another kind has is refused: the history would forget that one", async () => {
  const stacks = join(folder, "state", ".pulumi", "stacks", "coppice-tenant");
  const top = "urn:pulumi:main::coppice-tenant::pulumi:pulumi:Stack::coppice-tenant-main";
  const resources = [{ urn: "urn:pulumi:main::coppice-tenant::coppice:index:OverlayVmPool::a", parent: top }];
  await mkdir(stacks, { recursive: true });
  await writeFile(join(stacks, "main.json"), JSON.stringify({ checkpoint: { latest: { resources } } }));
  await expect(appliedTogether(orderOf("a", false))).rejects.toThrow(
    /LabClass 'a' cannot be made on 'main'.*coppice destroy "OverlayVmPool a".*\[document\.invalid\]/,
  );
});
