import { PveError } from "../errors/pve-error.ts";
import { list, number, optional, type Parser, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** The guests that a part of a cluster's configuration names; undefined where the credentials may not see it. */
export interface NamedNumbers {
  /** Rights on `/vms/<vmid>`, as far as the credentials may change them: Proxmox shows no others. */
  readonly rights: readonly number[] | undefined;
  readonly ha: readonly number[] | undefined;
  readonly backup: readonly number[] | undefined;
  readonly replication: readonly number[] | undefined;
}

const acl = list(shape({ path: text }));
const haResources = list(shape({ sid: text }));
const backupJobs = list(shape({ vmid: optional(text), exclude: optional(text) }));
const replicationJobs = list(shape({ guest: number }));

/** Reads which numbers rights, HA, backup jobs and replication name: four GETs at once. */
export async function readNamedNumbers(caller: PveCaller, signal?: AbortSignal): Promise<NamedNumbers> {
  const read = async <T>(
    path: string,
    parse: Parser<readonly T[]>,
    namesOf: (entry: T) => readonly string[],
  ) => {
    const entries = await seen(() => caller.call({ method: "GET", path, parse, signal }));
    return entries?.flatMap(namesOf).map(Number);
  };
  const [rights, ha, backup, replication] = await Promise.all([
    read("/access/acl", acl, ({ path }) => /^\/vms\/(\d+)$/.exec(path)?.slice(1) ?? []),
    read("/cluster/ha/resources", haResources, ({ sid }) => /^vm:(\d+)$/.exec(sid)?.slice(1) ?? []),
    read(
      "/cluster/backup",
      backupJobs,
      ({ vmid = "", exclude = "" }) => `${vmid},${exclude}`.match(/\d+/g) ?? [],
    ),
    read("/cluster/replication", replicationJobs, ({ guest }) => [String(guest)]),
  ]);
  return { rights, ha, backup, replication };
}

async function seen<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) return undefined;
    throw error;
  }
}
