import { reported, step } from "@coppice/clusters";
import { readPool, updatePool } from "@coppice/pve";
import { type ClassRun, fail } from "../class-run/class-run.ts";

/** Makes every seat a member of the Proxmox pool that the class names, or takes them out of the one that it named before. */
export async function settlePool(run: ClassRun): Promise<void> {
  const { pool } = run.inputs;
  const former = run.recorded?.pool;
  if (pool !== undefined) await moveSeats(run, { poolid: pool, isLeaving: false });
  else if (former !== undefined) await moveSeats(run, { poolid: former, isLeaving: true });
}

/**
 * Moves seats in one call. Only those are named that are not where they belong: any other would fail the whole call
 * (docs/proxmox-facts.md#members).
 */
async function moveSeats(
  run: ClassRun,
  { poolid, isLeaving }: { readonly poolid: string; readonly isLeaving: boolean },
): Promise<void> {
  // A seat that leaves may be gone already, and its number still a member that Proxmox does not show.
  const leaving = new Set(run.plan.seats.filter(({ verb }) => verb === "remove").map(({ seat }) => seat));
  let astray = [...run.seats].filter(([seat]) => !leaving.has(seat));
  if (astray.length === 0) return;
  try {
    const members = new Set((await readPool(run.cluster.client, poolid))?.members.map(({ vmid }) => vmid));
    astray = astray.filter(([, { vmid }]) => members.has(vmid) === isLeaving);
    if (astray.length === 0) return;
    const vmids = astray.map(([, { vmid }]) => vmid);
    const verb = isLeaving ? "take-out" : "fill";
    const where = isLeaving ? { remove: true } : { move: true };
    await reported(run.context, { verb, item: { kind: "pool", name: poolid }, all: vmids.length }, () =>
      step(run, isLeaving ? "leave pool" : "pool", () =>
        updatePool(run.cluster.client, { poolid, vmids, ...where }),
      ),
    );
  } catch (error) {
    for (const [seat] of astray) fail(run, seat, error);
  }
}
