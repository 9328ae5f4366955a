import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SpecDocument } from "@coppice/spec";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tenantsBeside } from "./tenants-beside.ts";

const project = "coppice-tenant";
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-beside-"));
  for (const stack of ["acme.main", "acme.north", "other.main", "main"]) await record(stack);
});
afterEach(() => rm(folder, { recursive: true }));

/** A stack has a class. */
async function record(stack: string): Promise<void> {
  const parent = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  const urn = `urn:pulumi:${stack}::${project}::coppice:index:LabClass::lab`;
  const state = { checkpoint: { latest: { resources: [{ urn, parent, inputs: { seats: 3 } }] } } };
  const stacks = join(folder, ".pulumi/stacks", project);
  await mkdir(stacks, { recursive: true });
  await writeFile(join(stacks, `${stack}.json`), JSON.stringify(state));
}

const beside = async (given: readonly SpecDocument[], seen: readonly string[] = []) => {
  const home = { folder, backend: `file://${folder}`, variables: {} };
  const options = { home, pulumi: "/nonexistent/pulumi", environment: {} };
  return await tenantsBeside(
    options,
    given,
    seen.map((stack) => ({ project, stack })),
  );
};
const tenant = (name: string, cluster = "main"): SpecDocument => {
  return { kind: "TenantQuota", name, cluster, inputs: {}, file: "tenant.yaml", line: 1 };
};

test("of a tenant that is given is told what it has where it is given, and of nobody else", async () => {
  expect(await beside([tenant("acme"), tenant("empty")])).toMatchObject([
    { project, stack: "acme.main", cluster: "main", others: [{ kind: "LabClass", name: "lab" }] },
  ]);
});

test("a stack that the preview came to is not told twice, and without a tenant there is nothing", async () => {
  expect(await beside([tenant("acme")], ["acme.main"])).toEqual([]);
  expect(await beside([{ ...tenant("acme"), kind: "Plan" }])).toEqual([]);
});
