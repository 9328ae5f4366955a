import type { ConfigValues } from "../config/config-values.ts";
import { parseProperties } from "../config/property-string.ts";

/** True when the machine's configuration has the guest agent switched on. */
export function agentEnabled(values: Readonly<ConfigValues>): boolean {
  return parseProperties(values["agent"] ?? "", { defaultKey: "enabled" })["enabled"] === "1";
}
