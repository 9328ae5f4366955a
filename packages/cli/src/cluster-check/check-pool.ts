import type { OpenCluster } from "@coppice/clusters";
import { type Permissions, readPool } from "@coppice/pve";
import { endsAtPool } from "./check-rights.ts";
import type { CheckScope } from "./check-scope.ts";
import type { Finding } from "./finding.ts";

/** Looks whether the Proxmox pool is there, and what it means that rights end at it. */
export async function checkPool(
  { client, settings }: OpenCluster,
  permissions: Permissions,
  scope: CheckScope,
): Promise<Finding[]> {
  const { pool } = scope;
  if (pool === undefined) return [];
  const what = `pool ${pool}`;
  if ((await readPool(client, pool)) === undefined)
    return [{ state: "missing", what, disables: "there is none of that name: no machine can be its member" }];
  if (!endsAtPool(permissions, scope)) return [{ state: "ok", what }];
  const made = { state: "ok", what: `${what}: machines are made as its members` } as const;
  if (!settings.bulk) return [made];
  const disables = "refused: it writes machines as files, which this token could not add to the pool";
  return [made, { state: "limited", what: "method 'bulk'", disables }];
}
