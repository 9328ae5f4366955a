import { expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { OverlayVmPool } from "./overlay-vm-pool.ts";

const args = { template: { vmid: 9000 }, roster: ["lint"], storage: "nas", vmids: { from: 100, to: 199 } };

test("registers one generation and one pool over the whole range", async () => {
  const all = await registrations(() => new OverlayVmPool("runners", args));
  expect(all.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "coppice:index:OverlayVmPool runners",
    "coppice:index:BaseGeneration runners",
    "coppice:index:OverlayPool runners",
  ]);
  expect(all.at(-1)?.inputs).toMatchObject({ class: "runners", roster: ["lint"], vmids: args.vmids });
  expect(all.at(-1)?.inputs).not.toHaveProperty("publish");
});

test("passes every argument on to its pool", async () => {
  const more = {
    nodes: ["pve1"],
    network: { bridge: "vmbr1", tag: 7 },
    start: "after-create",
    startBatch: 2,
    method: "linked",
    pool: "lab",
    tags: ["spring"],
    overcommit: true,
    reset: { lint: "once" },
    undo: { lint: "once" },
  } as const;
  const all = await registrations(() => new OverlayVmPool("runners", { ...args, ...more }));
  expect(all[0]?.inputs).toEqual({ ...args, ...more });
  expect(all.at(-1)?.inputs).toMatchObject(more);
});

test("tells generation and pool whose they are", async () => {
  const owned = { tenant: "acme", expires: "2027-02-28T18:00+01:00" };
  const all = await registrations(() => new OverlayVmPool("runners", { ...args, ...owned }));
  expect(all[1]?.inputs).toMatchObject({ tenant: "acme", pool: "acme" });
  expect(all[2]?.inputs).toMatchObject({ ...owned, pool: "acme" });
});

test("moves to another template under the next number, as the renewal says", async () => {
  const renewal = { policy: "keep" } as const;
  const wanted = { ...args, template: { vmid: 9001 }, generation: 2, renewal };
  const all = await registrations(() => new OverlayVmPool("runners", wanted));
  expect(all[1]?.inputs).toMatchObject({ number: 2, source: 9001 });
  expect(all[2]?.inputs).toMatchObject({ base: { number: 2 }, publish: { policy: "keep" } });
});
