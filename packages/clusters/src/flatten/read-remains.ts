import { listActiveTasks, listVolumes, readGuestConfig } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { parseConfigLine } from "../guests/drive.ts";
import { baseIn, volumeKey } from "../storage/volume-names.ts";
import type { FlattenedDisk, FlattenPlan } from "./flatten-plan.ts";

/** Says of a machine whose copying broke off what is done, what is not, and what to type for each thing. */
export async function readRemains({ client }: OpenCluster, plan: FlattenPlan): Promise<string[]> {
  const { node, vmid } = plan.place;
  const storages = new Set(
    plan.disks.flatMap(({ storage, volume }) => [storage, volume.split(":")[0] ?? ""]),
  );
  const [{ values }, tasks, ...listed] = await Promise.all([
    readGuestConfig(client, plan.place),
    listActiveTasks(client, plan.place),
    ...[...storages].map((storage) => listVolumes(client, { node, storage }, { content: "images", vmid })),
  ]);
  const named = new Map(
    Object.entries(values).map(([key, value]) => [volumeKey(parseConfigLine(value).first), key]),
  );
  const isAtWork = tasks.some(({ type }) => type === "qmmove");
  const unnamed = listed.flat().filter(({ volid }) => !named.has(volumeKey(volid)));
  return [
    ...(isAtWork
      ? [`Proxmox is still copying a disk on ${node}: wait for the task before anything else`]
      : []),
    ...plan.disks.flatMap((disk) => remainsOf(disk, { vmid, values, named })),
    ...(isAtWork ? [] : unnamed.map(({ volid }) => `${volid} is named by nothing: \`pvesm free ${volid}\``)),
  ];
}

/** A machine's configuration, and the keys by the volumes that they name. */
interface NamedVolumes {
  readonly vmid: number;
  readonly values: Readonly<Record<string, string>>;
  readonly named: ReadonlyMap<string, string>;
}

function remainsOf(
  { slot, volume, base, storage, isSameStorage }: FlattenedDisk,
  { vmid, values, named }: NamedVolumes,
): string[] {
  const now = parseConfigLine(values[slot] ?? "").first;
  if (volumeKey(now) === volumeKey(volume) || baseIn(now) !== undefined)
    return [`${slot} stands on template ${base} as before: run the command again`];
  const isRaw = isSameStorage && now.endsWith(".raw");
  const former = named.get(volumeKey(volume));
  return [
    ...(isRaw
      ? [
          `${slot} is whole, as raw: \`qm disk move ${vmid} ${slot} ${storage} --format qcow2 --delete 1\` makes it qcow2`,
        ]
      : []),
    ...(former === undefined
      ? []
      : [
          `${former} is the former disk, on template ${base} still: \`qm set ${vmid} --delete ${former}\` frees it`,
        ]),
  ];
}
