import { open, realpath } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import type { Cluster } from "../../cluster/cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import { headerBytes, parseQcow2Header } from "./qcow2-header.ts";

/** How far a chain of backing files is followed. */
const deepest = 20;

/** An incompatible feature of qcow2: the data lies in another file (QEMU, docs/interop/qcow2.txt). */
const externalData = 1n << 2n;

async function startOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Dies where reading an image would read a file of this machine: our `qemu-img` runs outside of the nodes, whose root may
 * have written any path into an image's header or made the image a link. An absolute path of a node leads nowhere here.
 * What a guest wrote into a raw image is no header: `format` says what the image is read as.
 */
export async function demandOwnFiles(cluster: Cluster, image: string, format: string): Promise<void> {
  const own = `${await realpath(cluster.data)}${sep}`;
  let path: string | undefined = image;
  for (let depth = 0; path !== undefined && depth < deepest; depth += 1) {
    const real: string = await realpath(path).catch(() => "");
    if (!real.startsWith(own)) die(`Could not open '${path}': No such file or directory`);
    if (depth === 0 ? format === "raw" : path.endsWith(".raw")) return;
    const start = await startOf(real);
    const header = parseQcow2Header(start);
    const features = header !== undefined && start.readUInt32BE(4) >= 3 ? start.readBigUInt64BE(72) : 0n;
    if ((features & externalData) !== 0n) die(`${path}: 'data-file' references are not allowed!`);
    path = header?.parent === undefined ? undefined : resolve(dirname(path), header.parent);
  }
}
