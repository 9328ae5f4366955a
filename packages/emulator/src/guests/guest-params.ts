import type { ParamSpec, ParamTable } from "../schema/param-table.ts";

/** The id of a guest, in paths and bodies. */
export const vmidParam: ParamSpec = { type: "integer", format: "pve-vmid" };

/** The parameters of every path below a guest. */
export const guestPathParams: ParamTable = { node: { type: "string", format: "pve-node" }, vmid: vmidParam };

export const flagParam: ParamSpec = { type: "boolean", optional: true };

export const snapshotNameParam: ParamSpec = { type: "string", format: "pve-configid", maxLength: 40 };

/** SHA-1 of the configuration the caller has read. */
export const digestParam: ParamSpec = { type: "string", maxLength: 40, optional: true };

export const storageParam: ParamSpec = { type: "string", format: "pve-storage-id", optional: true };

/** A bandwidth limit in KiB/s. */
export const bandwidthParam: ParamSpec = { type: "integer", minimum: 0, optional: true };
