import type { VolumeInfo } from "../volume-types.ts";

/** What the first bytes of a qcow2 file say (QEMU, docs/interop/qcow2.txt). */
export type Qcow2Header = Pick<VolumeInfo, "size" | "parent">;

const magic = 0x514649fb;
/** Header, extensions and backing name lie in the first cluster; the name is at most 1,023 bytes long. */
export const headerBytes = 4096;

/**
 * Reads size and backing string from the start of a qcow2 file; undefined when it is none.
 *
 * @example parseQcow2Header(bytes)?.parent // "../900/base-900-disk-0.qcow2"
 */
export function parseQcow2Header(bytes: Buffer): Qcow2Header | undefined {
  if (bytes.length < 72 || bytes.readUInt32BE(0) !== magic) return undefined;
  const size = Number(bytes.readBigUInt64BE(24));
  const offset = Number(bytes.readBigUInt64BE(8));
  const length = bytes.readUInt32BE(16);
  if (offset === 0 || length === 0 || offset + length > bytes.length) return { size };
  return { size, parent: bytes.toString("utf8", offset, offset + length) };
}
