import { die } from "../kernel/pve-error.ts";
import type { ParsedVolid, VolumeFormat } from "./volume-types.ts";

/** A volume name taken apart: a volume id without its storage. */
export type ParsedVolname = Omit<ParsedVolid, "storage">;

/** What may follow a file's name, by content type (pve-storage 9.1.7, PVE/Storage.pm). */
export const fileNames = {
  iso: /^[^/]+\.(?:iso|img)$/i,
  vztmpl: /^[^/]+\.tar(?:\.(?:gz|xz|zst|bz2))?$/i,
  import: /^[A-Za-z0-9_.\-+=]+\.(ova|ovf|qcow2|raw|vmdk)$/,
  backup: /^[^/]+\.(?:tgz|(?:tar|vma)(?:\.(?:gz|lzo|zst|bz2))?)$/,
  snippets: /^[^/]+$/,
} as const;

/**
 * Splits a volume id at its storage.
 *
 * @example splitVolid("local:100/vm-100-disk-0.qcow2") // { storage: "local", volname: "100/vm-100-disk-0.qcow2" }
 */
export function splitVolid(volid: string): { storage: string; volname: string } {
  const parts = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(\S.*)$/i.exec(volid);
  const [, storage, volname] = parts ?? [];
  if (storage === undefined || volname === undefined) return die(`unable to parse volume ID '${volid}'`);
  return { storage, volname };
}

/**
 * Takes the volume name of a file storage apart (pve-storage 9.1.7, Plugin.pm parse_volname).
 * The base part is neither checked nor does it influence the path.
 *
 * @example parseFileVolname("900/base-900-disk-0.qcow2/911/vm-911-disk-0.qcow2").base // { vmid: 900, name: "base-900-disk-0.qcow2" }
 */
export function parseFileVolname(volname: string): ParsedVolname {
  const linked = /^(\d+)\/(\S+)\/(\d+)\/(\S+)$/.exec(volname);
  if (linked !== null) {
    const [, baseVmid = "", baseName = "", vmid = "", name = ""] = linked;
    parseImageName(baseName);
    return { ...image(vmid, name), base: { vmid: Number(baseVmid), name: baseName } };
  }
  const plain = /^(\d+)\/(\S+)$/.exec(volname);
  if (plain !== null) return image(plain[1] ?? "", plain[2] ?? "");
  return parseOtherFile(volname) ?? die(`unable to parse directory volume name '${volname}'`);
}

function image(vmid: string, name: string): ParsedVolname {
  return { vtype: "images", vmid: Number(vmid), ...parseImageName(name) };
}

/** The name of a disk image: `vm-200-disk-0.qcow2`, or any name with an image's extension. */
export function parseImageName(name: string): { name: string; isBase: boolean; format: VolumeFormat } {
  if (/^snap-.*\.qcow2$/.test(name)) die(`'${name}' is a snapshot filename, not a volume!`);
  const parts = /^(base-)?[^/\s]+\.(raw|qcow2|vmdk|subvol)$/.exec(name);
  const format = parts?.[2];
  if (!isVolumeFormat(format)) return die(`unable to parse volume filename '${name}'`);
  return { name, format, isBase: name.startsWith("base-") };
}

function parseOtherFile(volname: string): ParsedVolname | undefined {
  const slash = volname.indexOf("/");
  const kind = volname.slice(0, slash);
  const name = volname.slice(slash + 1);
  if (!isOtherKind(kind) || !fileNames[kind].test(name)) return undefined;
  const owner = kind === "backup" ? /^vzdump-(?:openvz|lxc|qemu)-(\d+)-.+/.exec(name)?.[1] : undefined;
  const extension = kind === "import" ? name.slice(name.lastIndexOf(".") + 1) : undefined;
  return {
    vtype: kind,
    name,
    isBase: false,
    format: isVolumeFormat(extension) ? extension : "raw",
    ...(owner === undefined ? {} : { vmid: Number(owner) }),
  };
}

/** Takes the name of a thin volume apart: no folder, no extension, no base part (LvmThinPlugin.pm, LVMPlugin.pm). */
export function parseThinVolname(volname: string): ParsedVolname {
  const parts = /^((vm|base)-(\d+)-\S+)$/.exec(volname);
  if (parts === null) return die(`unable to parse lvm volume name '${volname}'`);
  return {
    vtype: "images",
    name: volname,
    vmid: Number(parts[3]),
    isBase: parts[2] === "base",
    format: "raw",
  };
}

function isOtherKind(kind: string): kind is keyof typeof fileNames {
  return Object.hasOwn(fileNames, kind);
}

export function isVolumeFormat(text: string | undefined): text is VolumeFormat {
  return text === "raw" || text === "qcow2" || text === "vmdk" || text === "subvol";
}
