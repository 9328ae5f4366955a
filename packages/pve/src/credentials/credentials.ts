import type { SecretReference } from "./secret-reference.ts";

/**
 * Who we are for Proxmox VE: an API token (`user@realm!name=secret`) or a user with a password.
 *
 * @example
 * { token: { env: "PROXMOX_VE_API_TOKEN" } }
 * { username: "root@pam", password: { file: "/run/secrets/pve" } }
 */
export type Credentials =
  | { readonly token: SecretReference }
  | { readonly username: string; readonly password: SecretReference };
