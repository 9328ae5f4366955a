import { type ConfigLine, diskLines, driveSize } from "@coppice/clusters";
import type { GenerationDisk } from "@coppice/core";

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
    .map(([slot, line]) => sourceDisk(slot, line))
    .sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

function sourceDisk(slot: string, line: ConfigLine): SourceDisk {
  const volume = line.first;
  const [storage = "", path = ""] = volume.split(":");
  const file = path.split("/").at(-1) ?? "";
  return { slot, volume, storage, file, format: formatOf(file), size: driveSize(line) };
}

function formatOf(file: string): GenerationDisk["format"] {
  const ending = file.split(".")[1];
  // Volumes of block storages have no ending; they are raw.
  return ending === "qcow2" || ending === "vmdk" ? ending : "raw";
}
