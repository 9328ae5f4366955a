import { diskLines } from "@coppice/clusters";
import { CoppiceError, type GenerationDisk } from "@coppice/core";

/** One disk of a source, and the file that it is. */
export interface SourceDisk extends GenerationDisk {
  readonly volume: string;
  readonly storage: string;
  /** Last part of the volume id, for example `base-9000-disk-0.qcow2`. */
  readonly file: string;
}

/** The disks of a machine that a seat gets its own version of; CD-ROMs are none. */
export function sourceDisks(values: Readonly<Record<string, string>>): SourceDisk[] {
  return diskLines(values)
    .map(([slot, { first, options }]) => sourceDisk(slot, first, options))
    .sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

function sourceDisk(slot: string, volume: string, options: readonly string[]): SourceDisk {
  const [storage = "", path = ""] = volume.split(":");
  const file = path.split("/").at(-1) ?? "";
  const size = options.find((option) => option.startsWith("size="))?.slice("size=".length) ?? "0";
  return { slot, volume, storage, file, format: formatOf(file), size: parseDiskSize(size) };
}

function formatOf(file: string): GenerationDisk["format"] {
  const ending = file.split(".")[1];
  // Volumes of block storages have no ending; they are raw.
  return ending === "qcow2" || ending === "vmdk" ? ending : "raw";
}

const UNIT: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** The size of a drive as Proxmox writes it, in bytes: `8G`, `528K`, `4194304`. */
export function parseDiskSize(text: string): number {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  const factor = UNIT[unit];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  throw new CoppiceError("unit.invalid", { what: `The disk size '${text}' cannot be read` });
}
