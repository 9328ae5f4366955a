import { PveError } from "../errors/pve-error.ts";
import { flag, list, nothing, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A pool with its members. */
export type Pool = ReturnType<typeof parsePool>;

const parseMember = shape({
  id: text,
  type: text,
  vmid: optional(number),
  storage: optional(text),
  node: optional(text),
  name: optional(text),
  template: flag,
  // Figures of guests, which pvestatd tells within ten seconds of a guest's making.
  maxcpu: optional(number),
  maxmem: optional(number),
  maxdisk: optional(number),
});
const parsePool = shape({ poolid: optional(text), comment: optional(text), members: list(parseMember) });

/** The pools that we may see. */
export async function listPools(
  caller: PveCaller,
  signal?: AbortSignal,
): Promise<readonly { readonly poolid: string; readonly comment: string | undefined }[]> {
  return await caller.call({
    method: "GET",
    path: "/pools",
    parse: list(shape({ poolid: text, comment: optional(text) })),
    signal,
  });
}

/** One pool, or `undefined` where there is none. Nested names (`a/b`) work too. */
export async function readPool(
  caller: PveCaller,
  poolid: string,
  signal?: AbortSignal,
): Promise<Pool | undefined> {
  try {
    const found = await caller.call({
      method: "GET",
      path: "/pools",
      params: { poolid },
      parse: list(parsePool),
      signal,
    });
    return found[0];
  } catch (error) {
    if (PveError.is(error, "pve.not-found")) return undefined;
    throw error;
  }
}

/** Creates a pool; `pve.already-exists` where there is one of that name. */
export async function createPool(
  caller: PveCaller,
  pool: { readonly poolid: string; readonly comment?: string },
): Promise<void> {
  await caller.call({ method: "POST", path: "/pools", params: pool, parse: nothing });
}

/** A change to a pool. */
export interface PoolChange {
  readonly poolid: string;
  readonly comment?: string;
  /** Guests to add, or to take out with `remove`. Only those that are not in (or out) yet: Proxmox refuses the rest. */
  readonly vmids?: readonly number[];
  readonly storages?: readonly string[];
  readonly remove?: boolean;
  /** Takes them out of the pool that they are in now; else Proxmox refuses. Wants Pool.Allocate on that one too (9.2). */
  readonly move?: boolean;
}

/** Changes a pool's comment or members in one call. */
export async function updatePool(caller: PveCaller, change: PoolChange): Promise<void> {
  const { poolid, comment, vmids, storages, remove, move } = change;
  const params = {
    poolid,
    comment,
    vms: joined(vmids),
    storage: joined(storages),
    delete: remove || undefined,
    "allow-move": move || undefined,
  };
  await caller.call({ method: "PUT", path: "/pools", params, parse: nothing });
}

/** Deletes an empty pool. */
export async function deletePool(caller: PveCaller, poolid: string): Promise<void> {
  await caller.call({ method: "DELETE", path: "/pools", params: { poolid }, parse: nothing });
}

function joined(values: readonly (string | number)[] | undefined): string | undefined {
  return values && values.length > 0 ? values.join(",") : undefined;
}
