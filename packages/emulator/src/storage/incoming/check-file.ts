import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Cluster } from "../../cluster/cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import { untrustedImage } from "../images/untrusted-image.ts";
import { isVolumeFormat } from "../volid.ts";
import type { IncomingKind } from "./file-target.ts";

export interface Checksum {
  readonly algorithm: string;
  readonly expected: string;
}

/** Dies with Proxmox's words when the file's checksum is another one. */
export async function requireChecksum(path: string, { algorithm, expected }: Checksum): Promise<void> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  const got = hash.digest("hex");
  if (got.toLowerCase() !== expected.toLowerCase())
    die(`checksum mismatch: got '${got}' != expect '${expected}'`);
}

/** A disk image from outside may not lean on another file (pve-storage, file_size_info with `$untrusted`). */
export async function requireTrusted(
  cluster: Cluster,
  path: string,
  kind: IncomingKind,
  shownAs: string,
): Promise<void> {
  const format = shownAs.slice(shownAs.lastIndexOf(".") + 1);
  if (kind !== "import" || !isVolumeFormat(format)) return;
  await untrustedImage(cluster, path, shownAs, format);
}
