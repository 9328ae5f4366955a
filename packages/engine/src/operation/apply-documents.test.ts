import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { untouched } from "../changes/untouched.ts";
import { holdStack } from "../lease/hold-stack.ts";
import type { RunOrder } from "../run/run-order.ts";
import { applyDocuments } from "./apply-documents.ts";
import { destroyDocuments, previewRemoval } from "./destroy-documents.ts";
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

const partsWith = (run: OperationParts["run"]): OperationParts => ({
  home: { folder, backend: `file://${folder}/state`, variables: {} },
  pulumi: "pulumi",
  environment: {},
  guestsOf: () => Promise.resolve([]),
  ledger: { ledger: () => Promise.reject(new Error("nobody has a tenant")) },
  tenantUse: () => Promise.resolve(undefined),
  knock: () => Promise.resolve(),
  capacityOf: () => Promise.resolve({ nodes: [], storages: [] }),
  versions: {},
  run,
});

const stack = { project: "coppice-tenant", stack: "main", cluster: "main" };
const toUpdate = (order: DocumentsOrder) => {
  const documents = order.documents.map((each) => ({
    ...untouched(each, "same"),
    change: "update" as const,
  }));
  return [{ ...stack, verdict: { documents, refusals: [], warnings: [] }, others: [], former: [] }];
};

/** Applies what waits together until the stack is free; tells the runs. */
async function appliedTogether(...orders: readonly DocumentsOrder[]): Promise<RunOrder[]> {
  const runs: RunOrder[] = [];
  const parts = partsWith((run) => {
    runs.push(run);
    return Promise.resolve({ result: "succeeded", changes: {}, failures: [], left: [] });
  });
  const { home } = parts;
  const { signal } = new AbortController();
  const applications = await holdStack(home, stack, { who: "bob", signal }, async () => {
    const waiting = orders.map((order) => {
      let heard = () => {};
      const waits = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const talk = { signal, tell: () => undefined, waits: () => heard() };
      return [applyDocuments(parts, { order, previewed: toUpdate(order) }, talk), waits] as const;
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

test("what was made before a neighbour failed was made, although the run behind it finds nothing to do", async () => {
  const urnOf = (name: string) => `urn:pulumi:main::coppice-tenant::coppice:index:LabClass::${name}`;
  const top = "urn:pulumi:main::coppice-tenant::pulumi:pulumi:Stack::coppice-tenant-main";
  const type = "coppice:index:LabClass";
  const step = { kind: "step", urn: urnOf("a"), type, parent: top, isPlanned: false } as const;
  const failure = { message: "The template is gone [generation.no-source]", urn: urnOf("b") } as const;
  const odd = { message: "The program warned of something" };
  const parts = partsWith(({ documents }, { tell }) => {
    const op = documents.length === 2 ? "create" : "same";
    for (const phase of ["begun", "done"] as const) tell({ ...step, phase, op });
    const failures = op === "create" ? [{ ...failure, code: "generation.no-source" as const }, odd] : [];
    return Promise.resolve({
      result: failures.length > 0 ? "failed" : "succeeded",
      changes: {},
      failures,
      left: [],
    });
  });
  const [a, b] = [orderOf("a", false), orderOf("b", false)];
  const order = { ...a, documents: [...a.documents, ...b.documents] };
  const talk = { signal: new AbortController().signal, tell: () => undefined };
  const [applied] = await applyDocuments(parts, { order, previewed: toUpdate(order) }, talk);
  expect(applied?.verdict.documents.map(({ name, change }) => [name, change])).toEqual([
    ["a", "create"],
    ["b", "refused"],
  ]);
  // What concerned the whole stack in the run before is not forgotten.
  expect(applied?.verdict.refusals).toEqual([odd]);
});

/** The stack has a class of so many seats. */
async function recorded(name: string, seats: number): Promise<void> {
  const stacks = join(folder, "state", ".pulumi", "stacks", "coppice-tenant");
  const parent = "urn:pulumi:main::coppice-tenant::pulumi:pulumi:Stack::coppice-tenant-main";
  const urn = `urn:pulumi:main::coppice-tenant::coppice:index:LabClass::${name}`;
  const resources = [{ urn, parent, inputs: { seats } }];
  await mkdir(stacks, { recursive: true });
  await writeFile(join(stacks, "main.json"), JSON.stringify({ checkpoint: { latest: { resources } } }));
}

test("a class that somebody else enlarged after the preview keeps its seats, and the order beside it is carried out", async () => {
  await recorded("a", 30);
  const heard = await Promise.allSettled([
    appliedTogether(orderOf("a", false)),
    appliedTogether(orderOf("b", false)),
  ]);
  const reasons = heard.map((each) => (each.status === "rejected" ? codeOf(each.reason) : told(each.value)));
  expect(reasons).toEqual(["stack.changed", ["b"]]);
});

test("what somebody else enlarged after its removal was shown stays, and what is as it was shown goes", async () => {
  const runs: RunOrder[] = [];
  const parts = partsWith((run) => {
    runs.push(run);
    return Promise.resolve({ result: "succeeded", changes: {}, failures: [], left: [] });
  });
  const talk = { signal: new AbortController().signal, tell: () => undefined };
  const order = { clusters: {}, environment: {}, message: "", who: "ada" };
  const removals = [{ ...stack, documents: [{ kind: "LabClass", name: "a" }] }];
  await recorded("a", 3);
  const previewed = await previewRemoval(parts, { order, removals }, talk);
  await recorded("a", 30);
  const removal = destroyDocuments(parts, { order, removals, previewed }, talk);
  await expect(removal).rejects.toMatchObject({ code: "stack.changed" });
  expect(runs.map(({ verb }) => verb)).toEqual(["refresh"]);
  await recorded("a", 3);
  await destroyDocuments(parts, { order, removals, previewed }, talk);
  expect(runs.map(({ verb }) => verb)).toContain("destroy");
});

function codeOf(error: unknown): string | undefined {
  return CoppiceError.is(error) ? error.code : undefined;
}
