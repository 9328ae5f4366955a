import type { BaseGenerationState, OverlayPoolState, SeatPlace } from "@coppice/core";
import {
  cloneGuest,
  convertToTemplate,
  listGuestResources,
  nothing,
  putGuestConfig,
  readGuestConfig,
} from "@coppice/pve";
import { ClassLab } from "./class-lab.ts";

/** Where a class without a shell keeps its disks. */
export interface DiskPlace {
  readonly storage: string;
  /** The nodes that carry the class. */
  readonly nodes: readonly string[];
  /** Whether disks are files, whose names tell what they stand on. */
  readonly hasFiles: boolean;
}

/** Volumes of LVM-thin, which are no files and do not name their base. */
export const thinPlace: DiskPlace = { storage: "thin", nodes: ["pve1", "pve2"], hasFiles: false };

/** Files on a shared folder, which no shell is there for. */
export const sharedPlace: DiskPlace = { storage: "nas", nodes: ["pve1", "pve2"], hasFiles: true };

/** Files on a node's own disk. */
export const localPlace: DiskPlace = { storage: "local", nodes: ["pve1"], hasFiles: true };

/** The template of such classes, with firmware beside its disk. */
export const source = 9100;

/** An emulated cluster whose provider has no SSH, with a template that has a disk, EFI variables and a TPM. */
export async function startLinkedLab(place: DiskPlace, pve: "8.4" | "9.2"): Promise<ClassLab> {
  const lab = await ClassLab.start({ nodes: 2, pve });
  const { client } = lab.cluster;
  if (!place.hasFiles) {
    const thin = { type: "lvmthin", vgname: "pve", thinpool: "data", content: "images,rootdir" };
    await client.post("/storage", { params: { storage: place.storage, ...thin }, parse: nothing });
  }
  const template = { node: "pve1", vmid: source };
  const copy = {
    newid: source,
    full: true,
    storage: place.storage,
    ...(place.hasFiles && { format: "qcow2" as const }),
  };
  await cloneGuest(client, { node: "pve1", vmid: 9000 }, copy);
  await putGuestConfig(client, template, {
    bios: "ovmf",
    efidisk0: `${place.storage}:1,efitype=4m,pre-enrolled-keys=1`,
    tpmstate0: `${place.storage}:1,version=v2.0`,
    tags: "uefi",
  });
  await convertToTemplate(client, template);
  await withoutShell(lab);
  return lab;
}

/** Connects the provider anew, without SSH. */
export async function withoutShell({ cluster }: ClassLab): Promise<void> {
  await cluster.reconnect();
  // A key that is undefined is one that is left out of the settings, which their type cannot say.
  await cluster.reconnect({ ssh: undefined } as object);
}

/** Looks at the disks of a class as the nodes see them. */
export class DiskView {
  readonly lab: ClassLab;
  readonly place: DiskPlace;

  constructor(lab: ClassLab, place: DiskPlace) {
    this.lab = lab;
    this.place = place;
  }

  /** A seat's configuration. */
  async config(
    { seats }: Pick<OverlayPoolState, "seats">,
    seat: string,
  ): Promise<Readonly<Record<string, string>>> {
    const { node, vmid } = seats[seat] ?? { node: "", vmid: 0 };
    return (await readGuestConfig(this.lab.cluster.client, { node, vmid })).values;
  }

  /** The volume in a slot of a seat. */
  async volume(state: Pick<OverlayPoolState, "seats">, seat: string, slot = "scsi0"): Promise<string> {
    return ((await this.config(state, seat))[slot] ?? "").split(",")[0] ?? "";
  }

  /** What reads a seat's slot beside a generation's disk: `identical`, or where they differ. */
  async compare(
    state: OverlayPoolState,
    seat: string,
    base: BaseGenerationState,
    slot = "scsi0",
  ): Promise<string> {
    const node = state.seats[seat]?.node ?? "";
    const copy = base.copies[node] ?? Object.values(base.copies)[0];
    const below = `${base.storage}:${this.place.hasFiles ? `${copy?.vmid}/` : ""}${copy?.files[slot]}`;
    const [mine, theirs] = [await this.volume(state, seat, slot), below];
    const both = `${format(mine)} $(pvesm path ${mine}) $(pvesm path ${theirs})`;
    const command = `qemu-img compare -U -F ${format(theirs)} -f ${both} 2>&1; true`;
    return (await this.lab.cluster.shell(node, command)).trim();
  }

  /** Writes a pattern into a seat's disk, as its owner would. */
  async write(state: OverlayPoolState, seat: string, pattern: number): Promise<void> {
    await this.#io(state, seat, `write -P ${pattern} 1M 64k`);
  }

  /** Whether a seat's disk holds a pattern. */
  async holds(state: OverlayPoolState, seat: string, pattern: number): Promise<boolean> {
    return !(await this.#io(state, seat, `read -P ${pattern} 1M 64k`)).includes("fail");
  }

  async #io(state: OverlayPoolState, seat: string, order: string): Promise<string> {
    const volume = await this.volume(state, seat);
    const command = `qemu-io -f ${format(volume)} -c '${order}' $(pvesm path ${volume}) 2>&1; true`;
    return await this.lab.cluster.shell(state.seats[seat]?.node ?? "", command);
  }

  /** The machine that brings a seat its fresh disks. */
  async spareOf(seat: string): Promise<SeatPlace> {
    for (const { vmid, node } of await listGuestResources(this.lab.cluster.client)) {
      const { description = "" } = await readGuestConfig(this.lab.cluster.client, { node, vmid });
      if (description.trimEnd().endsWith(`/+${seat}`)) return { vmid, node, mac: "" };
    }
    throw new Error(`seat '${seat}' has no spare machine`);
  }

  /** Renames the first disk of a machine for a seat, and writes it down nowhere; answers the volume's name. */
  async rename(from: SeatPlace, { seats }: OverlayPoolState, seat: string): Promise<string> {
    const to = String(seats[seat]?.vmid);
    const volume = await this.volume({ seats: { from } }, "from");
    const path = (await this.lab.cluster.shell(from.node, `pvesm path ${volume}`)).trim();
    const renamed = path.replaceAll(String(from.vmid), to).replace(/disk-\d+/, "disk-77");
    await this.lab.cluster.shell(from.node, `mv ${path} ${renamed}`);
    return `vm-${to}-disk-77`;
  }

  /** Lays somebody's own file among the disks of a seat; answers the volume's name. */
  async lay(state: OverlayPoolState, seat: string): Promise<string> {
    const { vmid, node } = state.seats[seat] ?? { vmid: 0, node: "" };
    const path = (await this.lab.cluster.shell(node, `pvesm path ${await this.volume(state, seat)}`)).trim();
    await this.lab.cluster.shell(node, `cp ${path} ${path.replace(/disk-\d+/, "disk-88")}`);
    return `vm-${vmid}-disk-88`;
  }

  /** The guests beside the templates that were there from the start. */
  async guests(): Promise<number[]> {
    const names = await this.lab.cluster.shell("pve1", "ls /etc/pve/nodes/*/qemu-server");
    const vmids = [...names.matchAll(/(\d+)\.conf/g)].map(([, vmid]) => Number(vmid));
    return vmids.filter((vmid) => vmid !== 9000 && vmid !== source);
  }
}

function format(volume: string): string {
  return volume.endsWith(".qcow2") ? "qcow2" : "raw";
}
