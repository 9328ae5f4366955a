import { PveError } from "../errors/pve-error.ts";
import { flag, list, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** The version of the asked node. */
export type PveVersion = ReturnType<typeof parseVersion>;

const parseVersion = shape({ version: text, release: text, repoid: text });

/** The version of the asked node. */
export async function readVersion(caller: PveCaller, signal?: AbortSignal): Promise<PveVersion> {
  return await caller.call({ method: "GET", path: "/version", parse: parseVersion, signal });
}

/** A guest in `cluster/resources`. `status` lags up to 10 s, and a re-used vmid shows its former guest as long. */
export type GuestResource = ReturnType<typeof parseGuest>;

/** Reads a guest of `cluster/resources`. */
export const parseGuest = shape({
  vmid: number,
  node: text,
  type: text,
  status: optional(text),
  name: optional(text),
  template: flag,
  pool: optional(text),
  tags: optional(text),
  lock: optional(text),
  hastate: optional(text),
  cpu: optional(number),
  maxcpu: optional(number),
  mem: optional(number),
  maxmem: optional(number),
});

/** All guests of the cluster, with their CPU and memory as pvestatd last saw them. */
export async function listGuestResources(
  caller: PveCaller,
  signal?: AbortSignal,
): Promise<readonly GuestResource[]> {
  return await caller.call({
    method: "GET",
    path: "/cluster/resources",
    params: { type: "vm" },
    parse: list(parseGuest),
    signal,
  });
}

/** A vmid that is free now. Nothing is reserved: two who ask get the same one, so expect `pve.already-exists`. */
export async function nextVmid(caller: PveCaller, signal?: AbortSignal): Promise<number> {
  return await caller.call({ method: "GET", path: "/cluster/nextid", parse: number, signal });
}

/**
 * Whether a vmid is free in the whole cluster. Proxmox tells anybody, also of guests that they may not see
 * (pve-manager, `nextid`: `vmid: VM 100 already exists`).
 */
export async function isVmidFree(caller: PveCaller, vmid: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await caller.call({
      method: "GET",
      path: "/cluster/nextid",
      params: { vmid },
      parse: number,
      signal,
    });
    return true;
  } catch (error) {
    if (PveError.is(error) && error.message.includes("already exists")) return false;
    throw error;
  }
}

/** What MACs of new cards begin with, `BC:24:11` by default (datacenter.cfg, `mac_prefix`); other prefixes are shown with Sys.Audit on `/` only. */
export async function readMacPrefix(caller: PveCaller, signal?: AbortSignal): Promise<string> {
  const parse = shape({ mac_prefix: optional(text) });
  const options = await caller.call({ method: "GET", path: "/cluster/options", parse, signal });
  return options.mac_prefix ?? "BC:24:11";
}
