import type { ParamSpec } from "../../schema/param-table.ts";
import { storageParams } from "./storage-params.ts";

const { contentList, flag, path, text } = storageParams;

/** The options that can be changed after the storage was made (pve-storage 9.1.7, the plugins' `properties`). */
export const changeableOptions: Readonly<Record<string, ParamSpec>> = {
  blocksize: text,
  bwlimit: text,
  comstar_hg: text,
  comstar_tg: text,
  content: contentList,
  "content-dirs": text,
  "create-base-path": flag,
  "create-subdirs": flag,
  "data-pool": text,
  disable: flag,
  domain: text,
  "encryption-key": text,
  fingerprint: text,
  format: storageParams.format,
  "fs-name": text,
  fuse: flag,
  is_mountpoint: text,
  keyring: text,
  krbd: flag,
  lio_tpg: text,
  "master-pubkey": text,
  "max-protected-backups": { type: "integer", minimum: -1, optional: true },
  mkdir: flag,
  monhost: text,
  mountpoint: path,
  namespace: text,
  nocow: flag,
  nodes: { type: "string", format: "pve-node-list", optional: true },
  nowritecache: flag,
  options: text,
  password: text,
  pool: text,
  port: { type: "integer", minimum: 1, maximum: 65535, optional: true },
  preallocation: { type: "string", enum: ["off", "metadata", "falloc", "full"], optional: true },
  "prune-backups": text,
  saferemove: flag,
  "saferemove-stepsize": { type: "integer", enum: ["1", "2", "4", "8", "16", "32"], optional: true },
  saferemove_throughput: text,
  server: text,
  shared: flag,
  "skip-cert-verification": flag,
  smbversion: text,
  "snapshot-as-volume-chain": flag,
  sparse: flag,
  subdir: path,
  tagged_only: flag,
  username: text,
  zfs_base_path: text,
};

/** The options that are fixed once the storage is made. */
export const fixedOptions: Readonly<Record<string, ParamSpec>> = {
  authsupported: text,
  base: text,
  datastore: text,
  export: path,
  iscsiprovider: text,
  path,
  portal: text,
  share: text,
  target: text,
  thinpool: text,
  vgname: text,
};

const types =
  "btrfs, cephfs, cifs, dir, esxi, iscsi, iscsidirect, lvm, lvmthin, nfs, pbs, rbd, zfs, zfspool".split(", ");

/** The storage types of 9.2; 8.4 also knows glusterfs. */
export const storageTypes = { "9.2": types, "8.4": [...types, "glusterfs"].sort() } as const;

/** What each type cannot do without (the plugins' `options` without `optional`). */
export const requiredOptions: Readonly<Record<string, readonly string[]>> = {
  dir: ["path"],
  btrfs: ["path"],
  nfs: ["server", "export"],
  cifs: ["server", "share"],
  lvm: ["vgname"],
  lvmthin: ["thinpool", "vgname"],
  zfspool: ["pool"],
  iscsi: ["portal", "target"],
  pbs: ["server", "datastore"],
  cephfs: [],
};

/** Options that are numbers in answers. */
export const numericOptions = new Set(
  Object.entries({ ...changeableOptions, ...fixedOptions })
    .filter(([, spec]) => spec.type === "boolean" || spec.type === "integer")
    .map(([name]) => name),
);
