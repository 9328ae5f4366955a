import type { ConnectConfig } from "ssh2";
import { resolveSecret, type SecretReference } from "../credentials/secret-reference.ts";

/** How we prove to a node who we are. An agent is named by its socket, usually `$SSH_AUTH_SOCK`. */
export type SshAuth =
  | { readonly keyFile: string; readonly passphrase?: SecretReference }
  | { readonly key: SecretReference; readonly passphrase?: SecretReference }
  | { readonly agent: string }
  | { readonly password: SecretReference };

/** Resolves the references into what ssh2 wants. */
export async function resolveSshAuth(
  auth: SshAuth,
): Promise<Pick<ConnectConfig, "privateKey" | "passphrase" | "agent" | "password">> {
  if ("agent" in auth) return { agent: auth.agent };
  if ("password" in auth) return { password: await resolveSecret(auth.password) };
  const privateKey = await resolveSecret("keyFile" in auth ? { file: auth.keyFile } : auth.key);
  // A key's last line must end in a newline for some formats; resolveSecret trims it.
  const key = { privateKey: `${privateKey}\n` };
  return auth.passphrase ? { ...key, passphrase: await resolveSecret(auth.passphrase) } : key;
}
