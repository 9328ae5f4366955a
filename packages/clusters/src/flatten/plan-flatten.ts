import { CoppiceError } from "@coppice/core";
import { driveLines, isCdrom, parseConfigLine } from "../guests/drive.ts";
import { claimsOf } from "../ownership/claims.ts";
import { markedName, ownerOf } from "../ownership/owner-of.ts";
import { spaceProblem } from "../storage/space-problem.ts";
import { baseIn, volumeKey } from "../storage/volume-names.ts";
import type { FlattenedDisk, FlattenPlan, StorageNeed } from "./flatten-plan.ts";
import type { SeenMachine } from "./look-at-machine.ts";

/**
 * What becomes of a machine that is to leave its base: every disk that stands on a template is copied in full, to the
 * wished storage or where it is. Never by putting it onto another base (docs/proxmox-facts.md#rebase-mixes).
 *
 * @throws CoppiceError `overlay.refused` with the reason
 */
export function planFlatten(machine: SeenMachine, wished: string | undefined): FlattenPlan {
  const refuse = (why: string, wayOut: string) => refusal(machine, why, wayOut);
  const trouble = troubleOf(machine);
  if (trouble !== undefined) throw refuse(...trouble);
  const disks = disksOf(machine, wished);
  if (disks.length === 0)
    throw refuse(
      "none of its disks stands on a template",
      "There is nothing to do; `qm config` on its node shows its disks",
    );
  for (const { slot, storage, isSameStorage } of disks) {
    const fitness = machine.storages.get(storage);
    if (fitness?.problem !== undefined)
      throw refuse(`storage '${storage}' ${fitness.problem.what}`, "Name another by --storage");
    if (isSameStorage && fitness?.hasFiles !== true)
      throw refuse(
        `Proxmox copies ${slot} to no other format on '${storage}', whose disks are no files`,
        "Name another storage by --storage",
      );
  }
  const needs = needsOf(machine, disks);
  for (const { storage, bytes, free } of needs) {
    const demand = { words: ["copy may come to", "copies may come to"] as const, count: 1, each: bytes };
    const problem = spaceProblem(storage, { free }, [demand]);
    if (problem !== undefined) throw refuse(problem, "Make room there, or name another storage by --storage");
  }
  const { place, config } = machine;
  return {
    place,
    name: config.name,
    disks,
    needs,
    warnings: [...seatWarning(machine), ...unusedWarning(machine)],
  };
}

function refusal({ place, config }: SeenMachine, why: string, wayOut: string): CoppiceError {
  const name = config.name === undefined ? "" : ` '${config.name}'`;
  return new CoppiceError("overlay.refused", {
    what: `Machine ${place.vmid}${name} on ${place.node} was not taken out of its base`,
    why,
    wayOut,
  });
}

/** What forbids it, whichever disks it has. */
function troubleOf({
  place: { vmid },
  config,
  isRunning,
  snapshots,
}: SeenMachine): [why: string, wayOut: string] | undefined {
  if (config.template)
    return ["it is a template, and others may stand on it", "Copy a machine, not a template"];
  if (isRunning) return ["it runs", `Shut it down first: \`qm shutdown ${vmid}\``];
  if (config.lock !== undefined)
    return [`it is locked (${config.lock})`, "Wait until that ends, then run the command again"];
  if (snapshots.length > 0)
    return [
      `it has snapshots (${snapshots.join(", ")}), which a copy leaves behind on the base`,
      `Remove them first, each by \`qm delsnapshot ${vmid} <name>\``,
    ];
  if (config.protected)
    return [
      "it is protected, so that its former disks could not be freed",
      `Type \`qm set ${vmid} --protection 0\` first`,
    ];
  return undefined;
}

function disksOf({ config, volumes }: SeenMachine, wished: string | undefined): FlattenedDisk[] {
  const listed = new Map(volumes.map((volume) => [volumeKey(volume.volid), volume]));
  return driveLines(config.values).flatMap(([slot, line]) => {
    const volume = line.first;
    const found = listed.get(volumeKey(volume));
    const base = isCdrom(line) ? undefined : (baseIn(volume) ?? baseOfParent(found?.parent));
    if (base === undefined) return [];
    const own = volume.split(":")[0] ?? "";
    const storage = wished ?? own;
    return [{ slot, volume, base, size: found?.size ?? 0, storage, isSameStorage: storage === own }];
  });
}

/** What qemu-img keeps of a base: `../9000/base-9000-disk-0.qcow2`. */
function baseOfParent(parent: string | undefined): number | undefined {
  const [, number] = /(?:^|\/)base-(\d+)-[^/]+$/.exec(parent ?? "") ?? [];
  return number === undefined ? undefined : Number(number);
}

/** One disk after the other: on the same storage the one in hand is there twice for a while. */
function needsOf({ storages }: SeenMachine, disks: readonly FlattenedDisk[]): StorageNeed[] {
  return [...Map.groupBy(disks, ({ storage }) => storage)].map(([storage, copied]) => {
    const twice = copied.filter(({ isSameStorage }) => isSameStorage).map(({ size }) => size);
    const bytes = copied.reduce((sum, { size }) => sum + size, 0) + Math.max(0, ...twice);
    return { storage, bytes, free: storages.get(storage)?.free };
  });
}

/** Its class knows nothing of it: where its policy resets a seat, the copy goes the way of an overlay. */
function seatWarning({ config }: SeenMachine): string[] {
  const { marks, stack = "a stack" } = claimsOf(config.description);
  const names = marks.flatMap((mark) => markedName(ownerOf(config, mark)) ?? []);
  return names.map(
    (seat) =>
      `It is seat '${seat}' of a class of ${stack}, which goes on taking it for one: a reset, or a publication whose policy resets it, ` +
      `gives it a fresh disk of the class again. Say in the class what is meant: \`publish: { policyOf: { ${JSON.stringify(seat)}: "keep" } }\`, ` +
      "or leave its name out of `reset`; a seat that is left out of the roster is removed with its disks",
  );
}

/** Former disks are left alone: an undo, or somebody, may want them. */
function unusedWarning({ config, volumes, place }: SeenMachine): string[] {
  const listed = new Map(volumes.map((volume) => [volumeKey(volume.volid), volume]));
  return Object.entries(config.values).flatMap(([key, value]) => {
    const { first } = parseConfigLine(value);
    const base = /^unused\d+$/.test(key)
      ? (baseIn(first) ?? baseOfParent(listed.get(volumeKey(first))?.parent))
      : undefined;
    if (base === undefined) return [];
    return [
      `Its former disk ${key} stands on template ${base} too and stays there: \`qm set ${place.vmid} --delete ${key}\` frees it, for good`,
    ];
  });
}
