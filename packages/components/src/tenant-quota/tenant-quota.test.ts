import { expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { TenantQuota } from "./tenant-quota.ts";

const args = {
  cluster: "main",
  limits: { machines: 40, memory: "256GiB" },
  plan: "campus",
  templates: [9000],
  storages: ["nas"],
  vmids: { from: 20_000, to: 29_999 },
  nodes: ["pve1"],
  bridges: ["vmbr0"],
  members: ["ada@pve"],
} as const;

test("registers one tenant under its name, with everything that is said of it", async () => {
  const all = await registrations(() => new TenantQuota("acme", args));
  expect(all.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "coppice:index:TenantQuota acme",
    "coppice:index:TenantPool acme",
  ]);
  expect(all[0]?.inputs).toEqual(args);
  expect(all[1]?.inputs).toMatchObject({ ...args, tenant: "acme" });
});
