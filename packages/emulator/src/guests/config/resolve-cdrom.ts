import { badParameters } from "../../kernel/pve-error.ts";
import type { ConfigValues } from "./config-values.ts";

/** `cdrom` is another name for `ide2` with `media=cdrom`. */
export function resolveCdrom(values: Readonly<ConfigValues>): ConfigValues {
  const { cdrom, ...rest } = values;
  if (cdrom === undefined) return rest;
  if (rest["ide2"] !== undefined) throw badParameters({ cdrom: "option conflicts with option 'ide2'" });
  return { ...rest, ide2: cdrom.includes("media=") ? cdrom : `${cdrom},media=cdrom` };
}
