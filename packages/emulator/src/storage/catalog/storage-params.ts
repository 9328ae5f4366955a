import type { Permission } from "../../api/permission.ts";
import type { ParamSpec } from "../../schema/param-table.ts";
import { splitList } from "../../schema/params.ts";

const contentTypes = new Set(["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import", "none"]);

function checkContentType(value: string): string | undefined {
  return contentTypes.has(value) ? undefined : `invalid content type '${value}'`;
}

function checkContentList(value: string): string | undefined {
  return splitList(value)
    .map(checkContentType)
    .find((problem) => problem !== undefined);
}

function checkPath(value: string): string | undefined {
  return /^\/[^;()]+/.test(value) ? undefined : "value does not look like a valid absolute path";
}

/** Parameters that many storage routes share (pve-storage 9.1.7). */
export const storageParams = {
  node: { type: "string", format: "pve-node" },
  storage: { type: "string", format: "pve-storage-id" },
  optionalStorage: { type: "string", format: "pve-storage-id", optional: true },
  optionalNode: { type: "string", format: "pve-node", optional: true },
  vmid: { type: "integer", format: "pve-vmid", minimum: 100, maximum: 999999999 },
  content: { type: "string", format: checkContentType, optional: true },
  contentList: { type: "string", format: checkContentList, optional: true },
  path: { type: "string", format: checkPath, optional: true },
  flag: { type: "boolean", optional: true },
  text: { type: "string", optional: true },
  format: { type: "string", enum: ["raw", "qcow2", "subvol", "vmdk"], optional: true },
  checksum: { type: "string", requires: "checksum-algorithm", optional: true },
  checksumAlgorithm: {
    type: "string",
    enum: ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"],
    requires: "checksum",
    optional: true,
  },
  fileContent: { type: "string", enum: ["iso", "vztmpl", "import"] },
  filename: { type: "string", maxLength: 255 },
} as const satisfies Record<string, ParamSpec>;

/** Reading a storage needs one of these. */
export const mayLook: Permission = {
  perm: "/storage/{storage}",
  privs: ["Datastore.Audit", "Datastore.AllocateSpace"],
  any: true,
};
