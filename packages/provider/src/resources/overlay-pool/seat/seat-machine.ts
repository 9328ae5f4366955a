import {
  type CardPlace,
  type DataDisk,
  dataDiskLine,
  driveLines,
  isCloudInitDrive,
  isDriveSlot,
  isNetworkKey,
  networkCards,
  withNetwork,
  withVolume,
} from "@coppice/clusters";
import type { Generation, GenerationCopy, Hardware, MachineConfig } from "@coppice/core";
import { hardwareParameters } from "../plan/hardware-parameters.ts";
import { cloudInitParameters, type SeatCloudInit } from "./seat-cloud-init.ts";
import { type SeatDisk, seatDisks } from "./seat-disks.ts";
import type { SeatIdentity } from "./seat-identity.ts";

/** What one seat's machine should be, beyond what it takes over from its generation. */
export interface SeatMachineWish {
  readonly vmid: number;
  /** Name of the guest, which is also its host name. */
  readonly hostName: string;
  readonly identity: SeatIdentity;
  readonly description: string;
  readonly tags: readonly string[];
  readonly hardware?: Hardware;
  /** Where its first card is to be. */
  readonly network?: CardPlace;
  readonly cloudInit?: SeatCloudInit;
  /** A disk of its own that no reset touches. */
  readonly dataDisk?: DataDisk;
}

/** The parameters of a create, and the files that it names. */
export interface SeatMachine {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly disks: readonly SeatDisk[];
}

/**
 * The machine of one seat: the same hardware as its generation, with its own name, disks, MACs and ids. Overlays
 * carry the names that Proxmox gives its own linked clones, so that Proxmox itself protects the base.
 */
export function seatMachine(
  generation: Generation,
  copy: GenerationCopy,
  wish: SeatMachineWish,
): SeatMachine {
  const disks = seatDisks(generation, copy, wish.vmid);
  const parameters = {
    ...inherited(generation.config),
    ...drives(generation, disks, wish),
    ...networks(generation.config, wish),
    ...cloudInitParameters(wish.cloudInit),
    ...own(wish.hardware),
    vmid: wish.vmid,
    name: wish.hostName,
    smbios1: withUuid(generation.config["smbios1"], wish.identity.uuid),
    description: wish.description,
    tags: wish.tags.join(";"),
  };
  return { parameters, disks };
}

function inherited(config: MachineConfig): MachineConfig {
  return Object.fromEntries(
    Object.entries(config).filter(([key]) => !isDriveSlot(key) && !isNetworkKey(key)),
  );
}

/** What the class says of its hardware, where it says something. */
function own(hardware: Hardware | undefined): Record<string, string | number> {
  const values = Object.entries(hardwareParameters(hardware));
  return Object.fromEntries(
    values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

function drives(
  generation: Generation,
  disks: readonly SeatDisk[],
  wish: SeatMachineWish,
): Record<string, string> {
  const volumes = new Map(disks.map((disk) => [disk.slot, disk.volume]));
  const result: Record<string, string> = {};
  for (const [slot, line] of driveLines(generation.config)) {
    const volume = isCloudInitDrive(line)
      ? `${generation.storage}:cloudinit`
      : (volumes.get(slot) ?? line.first);
    result[slot] = withVolume(line, volume);
  }
  const hasCloudInit = driveLines(generation.config).some(([, line]) => isCloudInitDrive(line));
  if (wish.cloudInit !== undefined && !hasCloudInit) {
    result[freeSlot(result, "ide", 2)] = `${generation.storage}:cloudinit,media=cdrom`;
  }
  if (wish.dataDisk !== undefined) {
    result[freeSlot(result, "scsi", 1)] = dataDiskLine(wish.dataDisk);
  }
  return result;
}

function freeSlot(used: Readonly<Record<string, string>>, bus: "ide" | "scsi", from: number): string {
  let index = from;
  while (used[`${bus}${index}`] !== undefined) index += 1;
  return `${bus}${index}`;
}

function networks(config: MachineConfig, { identity, network }: SeatMachineWish): Record<string, string> {
  const lines = networkCards(config, network).map(({ key, line, move }, card): [string, string] => {
    const mac = identity.macs[card] ?? "";
    return [key, withNetwork(line, { mac, ...move })];
  });
  return Object.fromEntries(lines);
}

function withUuid(smbios: string | number | undefined, uuid: string): string {
  const rest = String(smbios ?? "")
    .split(",")
    .filter((field) => field !== "" && !field.startsWith("uuid="));
  return [`uuid=${uuid}`, ...rest].join(",");
}
