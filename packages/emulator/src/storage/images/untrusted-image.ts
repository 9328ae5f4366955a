import type { Cluster } from "../../cluster/cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import { qemuImg } from "./qemu-img.ts";

/** What an image from outside turned out to be. */
export interface UntrustedImage {
  /** Bytes that a guest sees. */
  readonly size: number;
  readonly format: string;
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Json {
  // as: any object can be read by its keys.
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

/** True when a VMDK has its data in other files. QEMU before 8.0 tells no children: there the extent's own name does. */
function hasOtherExtents(info: Json, extents: unknown): boolean {
  const list: unknown[] = Array.isArray(extents) ? extents : [];
  const { children, filename } = info;
  if (list.length > 1 || (Array.isArray(children) && children.length > 1)) return true;
  return list.some((extent) => objectOf(extent)["filename"] !== filename);
}

/** Why an image leans on other files, in Proxmox's words; undefined when it does not (pve-storage, file_size_info). */
export function leansOnOthers(info: Json, shownAs: string): string | undefined {
  const { type, data } = objectOf(info["format-specific"]);
  const specific = objectOf(data);
  if (type === "qcow2" && specific["data-file"] !== undefined)
    return `${shownAs}: 'data-file' references are not allowed!`;
  if (type === "vmdk" && hasOtherExtents(info, specific["extents"]))
    return `${shownAs}: multiple children or extents are not allowed!`;
  if (info["backing-filename"] !== undefined)
    return `backing file not allowed for untrusted image '${shownAs}'!`;
  return undefined;
}

/** Reads what an image from outside is; one that leans on another file is refused, for that could be any file. */
export async function untrustedImage(
  cluster: Cluster,
  realPath: string,
  shownAs: string,
  format?: string,
): Promise<UntrustedImage> {
  const known = format === undefined ? [] : ["-f", format];
  const { code, stdout } = await qemuImg(cluster, ["info", "--output=json", ...known, realPath]);
  if (code !== 0) return die("failed to query file information with qemu-img");
  const info = objectOf(JSON.parse(stdout));
  const problem = leansOnOthers(info, shownAs);
  if (problem !== undefined) return die(problem);
  return { size: Number(info["virtual-size"]), format: String(info["format"]) };
}
