import { type Bytes, CoppiceError } from "@coppice/core";
import type { ConfigLine } from "./drive.ts";

const UNIT: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/**
 * The size of a drive as Proxmox writes it into its line: `8G`, `528K`, `4194304`. None is written of an
 * empty drive, and parts of a byte are none, as pve-common has it (JSONSchema.pm, `parse_size`).
 *
 * @throws CoppiceError `unit.invalid`
 */
export function driveSize({ options }: Pick<ConfigLine, "options">): Bytes {
  const text = options.find((option) => option.startsWith("size="))?.slice("size=".length) ?? "0";
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  const factor = UNIT[unit];
  if (digits !== undefined && factor !== undefined) return Math.trunc(Number(digits) * factor);
  throw new CoppiceError("unit.invalid", { what: `The disk size '${text}' cannot be read` });
}
