import { runtime } from "@pulumi/pulumi";
import { afterEach, beforeEach, expect, test } from "vitest";
import { registrations } from "./fixtures/registrations.ts";
import { LabClass } from "./lab-class/lab-class.ts";
import { OverlayVmPool } from "./overlay-vm-pool/overlay-vm-pool.ts";

const args = { template: { vmid: 9000 }, seats: 1, storage: "nas" };

beforeEach(() => runtime.setAllConfig({ "coppice:door": "dynamic" }));
afterEach(() => runtime.setAllConfig({}));

test("tells each resource the URN that the engine has for it: two components of one name share no mark", async () => {
  const all = await registrations(() => {
    new LabClass("x", { ...args, teacher: true, vmids: { from: 100, to: 199 } });
    new OverlayVmPool("x", { ...args, vmids: { from: 200, to: 299 } });
    new OverlayVmPool("x-teacher", { ...args, vmids: { from: 300, to: 399 } });
  });
  const told = all.map(({ inputs }) => inputs["__urn"]).filter((urn) => urn !== undefined);
  const dynamic = (component: string, kind: string) =>
    `urn:pulumi:stack::project::coppice:index:${component}$pulumi-nodejs:dynamic/coppice:${kind}::`;
  expect(told).toHaveLength(7);
  expect(new Set(told)).toEqual(
    new Set([
      `${dynamic("LabClass", "BaseGeneration")}x`,
      `${dynamic("LabClass", "OverlayPool")}x`,
      `${dynamic("LabClass", "OverlayPool")}x-teacher`,
      `${dynamic("OverlayVmPool", "BaseGeneration")}x`,
      `${dynamic("OverlayVmPool", "BaseGeneration")}x-teacher`,
      `${dynamic("OverlayVmPool", "OverlayPool")}x`,
      `${dynamic("OverlayVmPool", "OverlayPool")}x-teacher`,
    ]),
  );
});
