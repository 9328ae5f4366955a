import { record } from "@coppice/pve";
import type { PoolRun } from "./pool-run.ts";

/** What a create of ours needs, each privilege measured by taking it away alone (genuine 8.4). */
const ON_GUESTS = [
  "VM.Allocate",
  "VM.Audit",
  "VM.Config.CPU",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
] as const;

/** The rights that the run's token lacks, as `privilege on path`, from one reading of its permissions. */
export async function missingRights(run: PoolRun): Promise<string[]> {
  const permissions = await readPermissions(run);
  const bridge = run.inputs.network?.bridge ?? bridgeOf(run.inputs.base.config["net0"]);
  const needed: (readonly [path: string, privilege: string])[] = [
    ...ON_GUESTS.map((privilege) => ["/vms", privilege] as const),
    ...(run.madeBy === "linked" ? [["/vms", "VM.Clone"] as const] : []),
    ...(run.inputs.start === "after-create" ? [["/vms", "VM.PowerMgmt"] as const] : []),
    ...(run.inputs.pool === undefined ? [] : [[`/pool/${run.inputs.pool}`, "Pool.Allocate"] as const]),
    ...(bridge === undefined ? [] : [[`/sdn/zones/localnetwork/${bridge}`, "SDN.Use"] as const]),
    [`/storage/${run.inputs.base.storage}`, "Datastore.Audit"],
  ];
  return needed
    .filter(([path, privilege]) => !holds(permissions, path, privilege))
    .map(([path, privilege]) => `${privilege} on ${path}`);
}

type Permissions = ReadonlyMap<string, ReadonlySet<string>>;

async function readPermissions(run: PoolRun): Promise<Permissions> {
  const answer = await run.cluster.client.call({
    method: "GET",
    path: "/access/permissions",
    parse: (value) => record(value, "permissions"),
  });
  return new Map(
    Object.entries(answer).map(([path, privileges]) => [
      path,
      new Set(Object.keys(record(privileges, path))),
    ]),
  );
}

/** Rights on a path come from the nearest path above it that has any (pve-access-control: `roles` replace inherited ones). */
function holds(permissions: Permissions, path: string, privilege: string): boolean {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    const found = permissions.get(at);
    if (found !== undefined) return found.has(privilege);
    if (at === "/") return false;
  }
}

function bridgeOf(net: string | number | undefined): string | undefined {
  return /(?:^|,)bridge=([^,]+)/.exec(String(net ?? ""))?.[1];
}
