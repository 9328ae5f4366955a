import { holdsRight, readPermissions } from "@coppice/pve";
import type { PoolRun } from "../run/pool-run.ts";

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
  const permissions = await readPermissions(run.cluster.client);
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
    .filter(([path, privilege]) => !holdsRight(permissions, path, privilege))
    .map(([path, privilege]) => `${privilege} on ${path}`);
}

function bridgeOf(net: string | number | undefined): string | undefined {
  return /(?:^|,)bridge=([^,]+)/.exec(String(net ?? ""))?.[1];
}
