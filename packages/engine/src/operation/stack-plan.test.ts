import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OperationParts } from "./operation-parts.ts";
import { previewDocuments } from "./preview-documents.ts";
import { planStack, stackShares } from "./stack-plan.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-plan-"));
});
afterEach(() => rm(folder, { recursive: true }));

const parts = (): OperationParts => ({
  home: { folder, backend: `file://${folder}`, variables: {} },
  pulumi: "/nonexistent/pulumi",
  environment: {},
  guestsOf: () => Promise.resolve([]),
  ledger: { ledger: () => Promise.reject(new Error("nobody has a tenant")) },
  tenantUse: () => Promise.resolve(undefined),
  knock: () => Promise.resolve(),
  capacityOf: () => Promise.resolve({ nodes: [], storages: [] }),
  versions: {},
  run: () => Promise.reject(new Error("nothing may run")),
});

const lab = (inputs: Properties, cluster = "main"): SpecDocument => {
  return {
    kind: "LabClass",
    name: "lab",
    cluster,
    inputs: { seats: 3, ...inputs },
    file: "lab.yaml",
    line: 1,
  };
};

/** A stack has the class. */
async function recorded(stack: string, inputs: Properties = {}): Promise<void> {
  const project = "coppice-tenant";
  const parent = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  const urn = `urn:pulumi:${stack}::${project}::coppice:index:LabClass::lab`;
  const state = { checkpoint: { latest: { resources: [{ urn, parent, inputs }] } } };
  const stacks = join(folder, ".pulumi/stacks", project);
  await mkdir(stacks, { recursive: true });
  await writeFile(join(stacks, `${stack}.json`), JSON.stringify(state));
}

const planned = async (document: SpecDocument) =>
  await Promise.all(stackShares([document]).map((share) => planStack(parts(), share)));

test("what is a cluster's comes first, then each tenant's and nobody's by itself", () => {
  const pool: SpecDocument = { ...lab({}), kind: "Pool", name: "pool" };
  const documents = [lab({ tenant: "acme" }), { ...lab({}), name: "nobodys" }, pool];
  expect(stackShares(documents).map(({ project, stack, tenant }) => [project, stack, tenant])).toEqual([
    ["coppice-cluster", "main", undefined],
    ["coppice-tenant", "acme.main", "acme"],
    ["coppice-tenant", "main", undefined],
  ]);
});

test.each<[string, string, Properties, RegExp]>([
  [
    "gains a tenant",
    "main",
    { tenant: "acme" },
    /'lab' cannot be made for the tenant 'acme' on 'main'.*made without a tenant.*Leave 'tenant' out of it again/,
  ],
  [
    "loses it",
    "acme.main",
    {},
    /made without a tenant on 'main'.*made for the tenant 'acme'.*back to "acme"/,
  ],
  [
    "changes it",
    "beta.main",
    { tenant: "acme" },
    /back to "beta".*coppice destroy "LabClass lab" --cluster main/,
  ],
])(
  "a document that %s is refused before anything is done: its machines would be made anew",
  async (_, stack, inputs, said) => {
    await recorded(stack);
    await expect(planned(lab(inputs))).rejects.toThrow(said);
    const order = { documents: [lab(inputs)], clusters: {}, environment: {}, message: "", who: "ada" };
    const talk = { tell: () => undefined, signal: new AbortController().signal };
    await expect(previewDocuments(parts(), order, talk)).rejects.toMatchObject({ code: "document.invalid" });
  },
);

test("a stack goes on with what it has itself, and clusters do not know each other", async () => {
  await recorded("acme.main");
  await recorded("beta.main");
  await recorded("acme.other");
  expect(await planned(lab({ tenant: "acme" }))).toMatchObject([{ stack: "acme.main", tenant: "acme" }]);
  expect(await planned(lab({ tenant: "beta" }, "third"))).toMatchObject([{ stack: "beta.third" }]);
});

test("numbers are nobody's else on the cluster, of other tenants and of the same order neither", async () => {
  await recorded("acme.main", { vmids: { from: 20_000, to: 20_099 } });
  const other = { ...lab({ tenant: "beta" }), name: "other" };
  const third = { ...lab({}), name: "third" };
  const [first, second] = stackShares([other, third]);
  if (first === undefined || second === undefined) throw new Error("two tenants have two stacks");
  const plan = await planStack(parts(), first);
  expect(plan.given[0]?.inputs["vmids"]).toEqual({ from: 20_100, to: 20_199 });
  const next = await planStack(parts(), second, { plans: [plan] });
  expect(next.given[0]?.inputs["vmids"]).toEqual({ from: 20_200, to: 20_299 });
});

test("numbers that are set aside for a tenant are there for its classes", async () => {
  const vmids = { from: 20_000, to: 29_999 };
  const quota: SpecDocument = { ...lab({ vmids }), kind: "TenantQuota", name: "acme" };
  const [cluster, tenant] = stackShares([quota, lab({ tenant: "acme" })]);
  if (cluster === undefined || tenant === undefined)
    throw new Error("a tenant stands in the cluster's stack");
  const plan = await planStack(parts(), cluster);
  const next = await planStack(parts(), tenant, { plans: [plan] });
  expect(next.given[0]?.inputs["vmids"]).toEqual({ from: 20_000, to: 20_099 });
});
