import type { Properties } from "@coppice/core";
import { expect, test } from "vitest";
import { recordedDocuments } from "./recorded-stack.ts";

const urn = (type: string) => `urn:pulumi:main::coppice-tenant::${type}::lab`;
const stack = urn("pulumi:pulumi:Stack");
const top = urn("coppice:index:LabClass");
const vmids = { from: 20_000, to: 20_099 };

const component = (inputs: Properties = { seats: 2, vmids }): Properties => {
  return { urn: top, type: "coppice:index:LabClass", parent: stack, inputs };
};
const child = (kind: string, more: Properties): Properties => {
  const type = `coppice:index:${kind}`;
  return { urn: urn(`coppice:index:LabClass$${type}`), type, parent: top, ...more };
};
const generation = child("BaseGeneration", { inputs: { number: 1 } });
const pool = child("OverlayPool", { outputs: { seats: { ada: { vmid: 20_001, node: "pve1" } } } });
const tenant = {
  ...component({ vmids }),
  urn: top.replace("LabClass", "TenantQuota"),
  type: "coppice:index:TenantQuota",
};
const tenantPool = { ...child("TenantPool", {}), parent: tenant.urn };

test("a class is recorded with its seats and what it was given", () => {
  const [found] = recordedDocuments({ resources: [component(), generation, pool] });
  expect(found).toEqual({
    kind: "LabClass",
    name: "lab",
    seats: { ada: { vmid: 20_001, node: "pve1" } },
    parts: [
      { urn: generation["urn"], type: generation["type"], outputs: {} },
      { urn: pool["urn"], type: pool["type"], outputs: pool["outputs"] },
    ],
    inputs: { seats: 2, vmids },
  });
});

test("secrets that it was given are left out, at any depth", () => {
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:x",
  };
  const inputs = { vmids, cloudInit: { user: "student", password: secret }, other: secret };
  const [found] = recordedDocuments({ resources: [component(inputs), generation, pool] });
  expect(found?.inputs).toEqual({ vmids, cloudInit: { user: "student" } });
});

test.each<[string, Properties[], Properties[], true | undefined]>([
  ["a class that was made", [component(), generation, pool], [], undefined],
  ["what needs no seats", [component({ poolid: "lab" })], [], undefined],
  ["a class without its seats", [component(), generation], [], true],
  [
    "a class without the generation that it publishes",
    [component({ vmids, publish: { generation: 2 } }), generation, pool],
    [],
    true,
  ],
  [
    "a class in whose midst the engine was killed",
    [component(), generation, pool],
    [{ type: "creating", resource: child("BaseGeneration", {}) }],
    true,
  ],
  [
    "a class that was being changed",
    [component(), generation, pool],
    [{ type: "updating", resource: pool }],
    undefined,
  ],
  ["a tenant, whose numbers are for its classes", [tenant, tenantPool], [], undefined],
  ["a tenant without its pool", [tenant], [], true],
  ["a tenant whose pool was being made", [tenant], [{ type: "creating", resource: tenantPool }], true],
])("whether %s was cut off", (_, resources, pending, isCutOff) => {
  const [found] = recordedDocuments({ resources, pending_operations: pending });
  expect(found?.isCutOff).toBe(isCutOff);
  expect(found?.isPending).toBe(isCutOff && pending.length > 0 ? true : undefined);
});
