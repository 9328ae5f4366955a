import { PveError } from "../errors/pve-error.ts";
import type { Authenticator } from "./authenticator.ts";
import { resolveSecret, type SecretReference, secretPlace } from "./secret-reference.ts";

const tokenForm = /^[^\s!=@]+@[^\s!=]+![A-Za-z][\w.-]*=[\w-]+$/;

/** Signs requests with an API token, which needs no login and no CSRF header. Read anew for each request. */
export class TokenAuthenticator implements Authenticator {
  readonly #reference: SecretReference;
  readonly #server: string;
  #id = "";
  #secrets: readonly string[] = [];

  /** @param server who asks for it, for errors: `the cluster 'main' at https://pve1:8006` */
  constructor(reference: SecretReference, server: string) {
    this.#reference = reference;
    this.#server = server;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    const token = await resolveSecret(this.#reference);
    if (!tokenForm.test(token)) throw this.#malformed();
    const end = token.indexOf("=");
    this.#id = token.slice(0, end);
    this.#secrets = [token, token.slice(end + 1)];
    return { authorization: `PVEAPIToken=${token}` };
  }

  secrets(): readonly string[] {
    return this.#secrets;
  }

  words(): string {
    return `The API token ${this.#id}${this.#from()}`;
  }

  refused(): boolean {
    return false;
  }

  #malformed(): PveError {
    return new PveError("pve.settings", {
      what: `The API token${this.#from()} for ${this.#server} is malformed`,
      why: "it must read user@realm!name=secret",
      wayOut: "Copy the full token id and the secret as Proxmox showed them",
    });
  }

  #from(): string {
    const place = secretPlace(this.#reference);
    return place === undefined ? "" : ` from ${place}`;
  }
}
