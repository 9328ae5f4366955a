import { CoppiceError } from "@coppice/core";
import type { Emulator } from "@coppice/emulator";

/** One seat's machine with what its disk takes. */
export interface SeatDisk {
  readonly seat: string;
  readonly vmid: number;
  readonly node: string;
  /** Bytes on the storage. */
  readonly size: number;
  /** Bytes that the guest sees. */
  readonly sees: number;
  /** The file that it stands on. */
  readonly backing: string;
}

/** Where a seat is, as the stack outputs it. */
export interface Place {
  readonly vmid: number;
  readonly node: string;
}

const IMAGES = "/mnt/pve/nas/images";

/** Asks qemu-img on the node what each seat's disk is. */
export async function readSeatDisks(
  emulator: Emulator,
  seats: Readonly<Record<string, Place>>,
): Promise<SeatDisk[]> {
  const vmids = Object.values(seats).map(({ vmid }) => vmid);
  // A reset seat's former disk is still there: the configuration names the one in use.
  const script = `for id in ${vmids.join(" ")}; do
  conf=$(ls /etc/pve/nodes/*/qemu-server/$id.conf)
  file=$(sed -n 's/^scsi0: nas:.*\\/\\(vm-[^,]*\\).*/\\1/p' $conf | head -n 1)
  qemu-img info -U --output=json ${IMAGES}/$id/$file | tr -d '\\n'; echo
done`;
  const { stdout, stderr, code } = await emulator.shell("pve1", script);
  if (code !== 0) {
    throw new CoppiceError("demo.failed", {
      what: "The disks cannot be read on the emulated node",
      why: stderr,
    });
  }
  const lines = stdout.trim().split("\n");
  return Object.entries(seats).map(([seat, { vmid, node }], index) => {
    // qemu-img's own format (qapi/block-core.json, ImageInfo).
    const info = JSON.parse(lines[index] ?? "{}") as ImageInfo;
    return {
      seat,
      vmid,
      node,
      size: info["actual-size"],
      sees: info["virtual-size"],
      backing: info["backing-filename"] ?? "",
    };
  });
}

interface ImageInfo {
  readonly "actual-size": number;
  readonly "virtual-size": number;
  readonly "backing-filename"?: string;
}
