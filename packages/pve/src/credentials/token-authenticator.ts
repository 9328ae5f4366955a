import { PveError } from "../errors/pve-error.ts";
import type { Authenticator } from "./authenticator.ts";
import { resolveSecret, type SecretReference } from "./secret-reference.ts";

const tokenForm = /^[^\s!=@]+@[^\s!=]+![A-Za-z][\w.-]*=[\w-]+$/;

/** Signs requests with an API token, which needs no login and no CSRF header. Read anew for each request. */
export class TokenAuthenticator implements Authenticator {
  readonly #reference: SecretReference;
  #secrets: readonly string[] = [];

  constructor(reference: SecretReference) {
    this.#reference = reference;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    const token = await resolveSecret(this.#reference);
    if (!tokenForm.test(token)) throw malformed();
    this.#secrets = [token, token.slice(token.indexOf("=") + 1)];
    return { authorization: `PVEAPIToken=${token}` };
  }

  secrets(): readonly string[] {
    return this.#secrets;
  }

  refused(): boolean {
    return false;
  }
}

function malformed(): PveError {
  return new PveError("pve.settings", {
    what: "The API token is malformed",
    why: "it must read user@realm!name=secret",
    wayOut: "Copy the full token id and the secret as Proxmox showed them",
  });
}
