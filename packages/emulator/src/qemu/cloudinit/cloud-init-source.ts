import type { ConfigValues } from "../../guests/config/guest-config.ts";

/** What a machine's cloud-init texts are made from. */
export interface CloudInitSource {
  readonly vmid: number;
  readonly values: Readonly<ConfigValues>;
  /** The node's own name servers, used where the machine names none. */
  readonly nameservers: readonly string[];
  /** Show asterisks in place of the password. */
  readonly hidePassword?: boolean;
}

/** Windows and `citype=configdrive2` get OpenStack's layout. */
export function isConfigDrive(values: Readonly<ConfigValues>): boolean {
  const type = values["citype"] ?? (values["ostype"]?.startsWith("w") === true ? "configdrive2" : "nocloud");
  return type === "configdrive2";
}
