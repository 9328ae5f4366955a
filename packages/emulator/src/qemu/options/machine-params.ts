import type { ParamSpec } from "../../schema/param-table.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { driveNames, driveNamesWithUnused } from "./drive-names.ts";

/** The path of a virtual machine's routes. */
export const guestPath = "/nodes/{node}/qemu/{vmid}";

/** The name of an existing drive. */
export const driveParam: ParamSpec = { type: "string", enum: driveNames };

/** The name of a drive or of a slot for a detached one. */
export const driveOrUnusedParam: ParamSpec = { type: "string", enum: driveNamesWithUnused };

export const imageFormatParam: ParamSpec = { type: "string", enum: ["raw", "qcow2", "vmdk"], optional: true };

/** A format parameter as the storages know it; formats that no storage makes count as not given. */
export function imageFormat(text: string | undefined): VolumeFormat | undefined {
  return text === "raw" || text === "qcow2" || text === "vmdk" ? text : undefined;
}
