import { type FileHandle, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** How far a chain of backing files is followed. */
const deepest = 20;

/**
 * True when the disk's first sector carries the boot mark 55 AA, as a BIOS looks for it: an empty disk boots nothing.
 * Overlays that have not written their first cluster show their base's. A compressed first cluster counts as bootable.
 */
export async function hasBootSector(path: string, format: string, depth = 0): Promise<boolean> {
  if (depth > deepest) return false;
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return false;
  try {
    return format === "qcow2"
      ? await inQcow2(file, path, depth)
      : isMarked(await file.read(Buffer.alloc(512), 0, 512, 0));
  } finally {
    await file.close();
  }
}

function isMarked({ buffer }: { readonly buffer: Buffer }): boolean {
  return buffer[510] === 0x55 && buffer[511] === 0xaa;
}

/** Offsets of the qcow2 header and its tables (qemu, docs/interop/qcow2.txt). */
async function inQcow2(file: FileHandle, path: string, depth: number): Promise<boolean> {
  const { buffer: header } = await file.read(Buffer.alloc(104), 0, 104, 0);
  if (header.readUInt32BE(0) !== 0x514649fb) return false;
  const { entry, isHere } = await firstCluster(file, header);
  if ((entry & compressed) !== 0n) return true;
  const offset = entry & 0x00fffffffffffe00n;
  if (offset !== 0n && isHere) return isMarked(await file.read(Buffer.alloc(512), 0, 512, Number(offset)));
  const nameAt = Number(header.readBigUInt64BE(8));
  const nameLength = header.readUInt32BE(16);
  if (nameAt === 0 || nameLength > 1023) return false;
  const { buffer: name } = await file.read(Buffer.alloc(nameLength), 0, nameLength, nameAt);
  const base = resolve(dirname(path), name.toString("utf8"));
  return await hasBootSector(base, base.endsWith(".raw") ? "raw" : "qcow2", depth + 1);
}

const compressed = 1n << 62n;
const readsAsZero = 1n;
/** An incompatible feature: each entry is followed by a bitmap of its 32 subclusters. */
const extendedL2 = 1n << 4n;

/** The table entry of the disk's first cluster, 0 when its table is not there, and whether its first bytes are its own. */
async function firstCluster(file: FileHandle, header: Buffer): Promise<{ entry: bigint; isHere: boolean }> {
  const levelOne = Number(header.readBigUInt64BE(40));
  const { buffer: first } = await file.read(Buffer.alloc(8), 0, 8, levelOne);
  const levelTwo = first.readBigUInt64BE(0) & 0x00fffffffffffe00n;
  if (levelTwo === 0n) return { entry: 0n, isHere: false };
  const { buffer: second } = await file.read(Buffer.alloc(16), 0, 16, Number(levelTwo));
  const entry = second.readBigUInt64BE(0);
  const hasBitmap = header.readUInt32BE(4) >= 3 && (header.readBigUInt64BE(72) & extendedL2) !== 0n;
  const isHere = hasBitmap ? (second.readBigUInt64BE(8) & 1n) !== 0n : (entry & readsAsZero) === 0n;
  return { entry, isHere };
}
