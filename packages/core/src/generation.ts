/** One disk of a generation that a seat gets its own version of. */
export type GenerationDisk = {
  /** Where the disk is plugged in, for example `scsi0`. */
  slot: string;
  /** Format of the base file. */
  format: "qcow2" | "raw" | "vmdk";
  /** Size that the guest sees, in bytes. */
  size: number;
  /** SHA-256 of the base file, where Coppice made it and SSH could read it. */
  hash?: string;
};

/** The template that carries a generation on a node. */
export type GenerationCopy = {
  vmid: number;
  /** Slot to file name, for example `{ scsi0: "base-9000-disk-0.qcow2" }`. */
  files: Record<string, string>;
};

/** The hardware of a machine as Proxmox's configuration has it. */
export type MachineConfig = Record<string, string | number>;

/** An immutable, numbered base of a class: what a `BaseGeneration` resource outputs and a pool stands on. */
export type Generation = {
  number: number;
  storage: string;
  /** One copy serves every node. */
  shared: boolean;
  /** Coppice made it and will remove it; otherwise it is the template itself, used where it lies. */
  owned: boolean;
  /** By node. */
  copies: Record<string, GenerationCopy>;
  disks: GenerationDisk[];
  /** What a seat takes over from the source. */
  config: MachineConfig;
};

/** The copy that seats on a node stand on; undefined when the node has none. */
export function copyFor(generation: Generation, node: string): GenerationCopy | undefined {
  return generation.copies[node] ?? (generation.shared ? Object.values(generation.copies)[0] : undefined);
}
