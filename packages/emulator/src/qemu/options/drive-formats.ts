import type { ParamSpec, PropertyFormat } from "../../schema/param-table.ts";

// Facts of the public API description (pve-docs 9.1.3, api-viewer): the keys of a drive's property string.
const common: Readonly<Record<string, ParamSpec>> = {
  aio: {
    type: "string",
    enum: ["native", "threads", "io_uring"],
    optional: true,
  },
  backup: { type: "boolean", optional: true },
  bps: { type: "integer", optional: true },
  bps_max_length: { type: "integer", minimum: 1, optional: true },
  bps_rd: { type: "integer", optional: true },
  bps_rd_max_length: { type: "integer", minimum: 1, optional: true },
  bps_wr: { type: "integer", optional: true },
  bps_wr_max_length: { type: "integer", minimum: 1, optional: true },
  cache: {
    type: "string",
    enum: ["none", "writethrough", "writeback", "unsafe", "directsync"],
    optional: true,
  },
  detect_zeroes: { type: "boolean", optional: true },
  discard: { type: "string", enum: ["ignore", "on"], optional: true },
  file: { type: "string", format: "pve-volume-id-or-qm-path" },
  format: {
    type: "string",
    enum: ["raw", "qcow", "qed", "qcow2", "vmdk", "cloop"],
    optional: true,
  },
  "import-from": {
    type: "string",
    optional: true,
    format: "pve-volume-id-or-absolute-path",
  },
  iops: { type: "integer", optional: true },
  iops_max: { type: "integer", optional: true },
  iops_max_length: { type: "integer", minimum: 1, optional: true },
  iops_rd: { type: "integer", optional: true },
  iops_rd_max: { type: "integer", optional: true },
  iops_rd_max_length: { type: "integer", minimum: 1, optional: true },
  iops_wr: { type: "integer", optional: true },
  iops_wr_max: { type: "integer", optional: true },
  iops_wr_max_length: { type: "integer", minimum: 1, optional: true },
  mbps: { type: "number", optional: true },
  mbps_max: { type: "number", optional: true },
  mbps_rd: { type: "number", optional: true },
  mbps_rd_max: { type: "number", optional: true },
  mbps_wr: { type: "number", optional: true },
  mbps_wr_max: { type: "number", optional: true },
  media: { type: "string", enum: ["cdrom", "disk"], optional: true },
  replicate: { type: "boolean", optional: true },
  rerror: {
    type: "string",
    enum: ["ignore", "report", "stop"],
    optional: true,
  },
  serial: {
    type: "string",
    maxLength: 60,
    optional: true,
    format: "urlencoded",
  },
  shared: { type: "boolean", optional: true },
  size: { type: "string", optional: true, format: "disk-size" },
  snapshot: { type: "boolean", optional: true },
  werror: {
    type: "string",
    enum: ["enospc", "ignore", "report", "stop"],
    optional: true,
  },
};

const ide: Readonly<Record<string, ParamSpec>> = {
  ...common,
  model: {
    type: "string",
    maxLength: 120,
    optional: true,
    format: "urlencoded",
  },
  ssd: { type: "boolean", optional: true },
  wwn: { type: "string", pattern: "(?:^(0x)[0-9a-fA-F]{16})", optional: true },
};

const sata: Readonly<Record<string, ParamSpec>> = {
  ...common,
  ssd: { type: "boolean", optional: true },
  wwn: { type: "string", pattern: "(?:^(0x)[0-9a-fA-F]{16})", optional: true },
};

const scsi: Readonly<Record<string, ParamSpec>> = {
  ...common,
  iothread: { type: "boolean", optional: true },
  product: {
    type: "string",
    pattern: "[A-Za-z0-9\\-_\\s]{,16}",
    optional: true,
  },
  queues: { type: "integer", minimum: 2, optional: true },
  ro: { type: "boolean", optional: true },
  scsiblock: { type: "boolean", optional: true },
  ssd: { type: "boolean", optional: true },
  vendor: { type: "string", pattern: "[A-Za-z0-9\\-_\\s]{,8}", optional: true },
  wwn: { type: "string", pattern: "(?:^(0x)[0-9a-fA-F]{16})", optional: true },
};

const virtio: Readonly<Record<string, ParamSpec>> = {
  ...common,
  iothread: { type: "boolean", optional: true },
  ro: { type: "boolean", optional: true },
};

const efidisk0: Readonly<Record<string, ParamSpec>> = {
  efitype: { type: "string", enum: ["2m", "4m"], optional: true },
  file: { type: "string", format: "pve-volume-id-or-qm-path" },
  format: {
    type: "string",
    enum: ["raw", "qcow", "qed", "qcow2", "vmdk", "cloop"],
    optional: true,
  },
  "import-from": {
    type: "string",
    optional: true,
    format: "pve-volume-id-or-absolute-path",
  },
  "ms-cert": {
    type: "string",
    enum: ["2011", "2023", "2023w", "2023k"],
    optional: true,
  },
  "pre-enrolled-keys": { type: "boolean", optional: true },
  size: { type: "string", optional: true, format: "disk-size" },
};

const tpmstate0: Readonly<Record<string, ParamSpec>> = {
  file: { type: "string", format: "pve-volume-id-or-qm-path" },
  format: { type: "string", enum: ["raw", "qcow2", "vmdk"], optional: true },
  "import-from": {
    type: "string",
    optional: true,
    format: "pve-volume-id-or-absolute-path",
  },
  size: { type: "string", optional: true, format: "disk-size" },
  version: { type: "string", enum: ["v1.2", "v2.0"], optional: true },
};

/** The property string of each kind of drive; the file may stand alone at the front, `volume=` is its old name. */
export const driveFormats: Readonly<
  Record<"ide" | "sata" | "scsi" | "virtio" | "efidisk0" | "tpmstate0" | "unused", PropertyFormat>
> = {
  ide: { keys: ide, defaultKey: "file" },
  sata: { keys: sata, defaultKey: "file" },
  scsi: { keys: scsi, defaultKey: "file" },
  virtio: { keys: virtio, defaultKey: "file" },
  efidisk0: { keys: efidisk0, defaultKey: "file" },
  tpmstate0: { keys: tpmstate0, defaultKey: "file" },
  unused: {
    keys: { file: { type: "string", format: "pve-volume-id" } },
    defaultKey: "file",
  },
};
