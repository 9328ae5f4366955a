import type { ParamSpec, ParamTable } from "../../schema/param-table.ts";
import { driveNames, driveNamesWithUnused } from "../config/drive-names.ts";

/** The id of a guest, in paths and bodies. */
export const vmidParam: ParamSpec = { type: "integer", format: "pve-vmid" };

/** The parameters of every path below a guest. */
export const guestPathParams: ParamTable = { node: { type: "string", format: "pve-node" }, vmid: vmidParam };

/** An optional yes or no. */
export const flagParam: ParamSpec = { type: "boolean", optional: true };

/** A snapshot's name. */
export const snapshotNameParam: ParamSpec = { type: "string", format: "pve-configid", maxLength: 40 };

/** SHA-1 of the configuration the caller has read. */
export const digestParam: ParamSpec = { type: "string", maxLength: 40, optional: true };

/** A storage's id, optional. */
export const storageParam: ParamSpec = { type: "string", format: "pve-storage-id", optional: true };

/** A bandwidth limit in KiB/s. */
export const bandwidthParam: ParamSpec = { type: "integer", minimum: 0, optional: true };

/** The name of an existing drive. */
export const driveParam: ParamSpec = { type: "string", enum: driveNames };

/** The name of a drive or of a slot for a detached one. */
export const driveOrUnusedParam: ParamSpec = { type: "string", enum: driveNamesWithUnused };

/** The format of a new image. */
export const imageFormatParam: ParamSpec = { type: "string", enum: ["raw", "qcow2", "vmdk"], optional: true };

/** The path of a guest's routes. */
export const guestPath = "/nodes/{node}/qemu/{vmid}";
