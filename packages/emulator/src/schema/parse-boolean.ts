/**
 * A truth value as Proxmox reads it in property strings, configuration files and on command lines; undefined for any
 * other text. A parameter of its own takes only 0 and 1 (pve-common, JSONSchema.pm parse_boolean).
 *
 * @example parseBoolean("Yes") // "1"
 */
export function parseBoolean(text: string): "0" | "1" | undefined {
  if (/^(?:1|on|yes|true)$/i.test(text)) return "1";
  return /^(?:0|off|no|false)$/i.test(text) ? "0" : undefined;
}
