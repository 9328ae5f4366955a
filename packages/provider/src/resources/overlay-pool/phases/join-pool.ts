import { reported, step } from "@coppice/clusters";
import { readPool, updatePool } from "@coppice/pve";
import { type ClassRun, fail } from "../class-run/class-run.ts";

/**
 * Makes every seat a member of the class's Proxmox pool, in one call. Only those that are missing are named: a
 * present member would fail the whole call (docs/proxmox-facts.md#members).
 */
export async function joinPool(run: ClassRun): Promise<void> {
  const { pool } = run.inputs;
  if (pool === undefined || run.seats.size === 0) return;
  let outside = [...run.seats];
  try {
    const members = new Set((await readPool(run.cluster.client, pool))?.members.map(({ vmid }) => vmid));
    outside = outside.filter(([, { vmid }]) => !members.has(vmid));
    if (outside.length === 0) return;
    const vmids = outside.map(([, { vmid }]) => vmid);
    const filling = { verb: "fill", item: { kind: "pool", name: pool }, all: vmids.length } as const;
    await reported(run.context, filling, () =>
      step(run, "pool", () => updatePool(run.cluster.client, { poolid: pool, vmids, move: true })),
    );
  } catch (error) {
    for (const [seat] of outside) fail(run, seat, error);
  }
}
