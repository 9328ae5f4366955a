import type { Clock } from "@coppice/core";
import { PveError } from "../errors/pve-error.ts";
import { abortable } from "../waiting/abortable.ts";
import type { Authenticator } from "./authenticator.ts";
import { resolveSecret, type SecretReference } from "./secret-reference.ts";

/** What `POST /access/ticket` gives. */
export interface Ticket {
  readonly ticket: string;
  readonly csrf: string;
}

/** Exchanges a user name and a password (or a still valid ticket) for a ticket. */
export type Login = (username: string, password: string, signal?: AbortSignal) => Promise<Ticket>;

/** A ticket lives 2 h (pve-access-control, AccessControl.pm); renewed well before. */
const renewAfter = 90 * 60_000;
const ticketLife = 2 * 60 * 60_000;

interface Held extends Ticket {
  readonly since: number;
}

/** Signs requests with a login ticket: logs in at first use, renews with the ticket itself, then by password. */
export class TicketAuthenticator implements Authenticator {
  readonly #username: string;
  readonly #password: SecretReference;
  readonly #login: Login;
  readonly #clock: Clock;
  #held: Held | undefined;
  #pending: Promise<Held> | undefined;
  #passwordSeen: string | undefined;

  constructor(parts: { username: string; password: SecretReference; login: Login; clock: Clock }) {
    this.#username = parts.username;
    this.#password = parts.password;
    this.#login = parts.login;
    this.#clock = parts.clock;
  }

  async headers(method: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const held = await this.#current(signal);
    const cookie = { cookie: `PVEAuthCookie=${encodeURIComponent(held.ticket)}` };
    return method === "GET" ? cookie : { ...cookie, csrfpreventiontoken: held.csrf };
  }

  secrets(): readonly string[] {
    const all = [this.#passwordSeen, this.#held?.ticket, this.#held?.csrf];
    return all.filter((secret) => secret !== undefined);
  }

  words(): string {
    return `The user ${this.#username}`;
  }

  /** A ticket may have died early, for example when the cluster's key was replaced: log in anew once. */
  refused(): boolean {
    const had = this.#held !== undefined;
    this.#held = undefined;
    return had;
  }

  async #current(signal?: AbortSignal): Promise<Held> {
    const held = this.#held;
    if (held && this.#clock.now() - held.since < renewAfter) return held;
    // Shared by concurrent requests, so it is not tied to the signal of the one that came first.
    this.#pending ??= this.#renew(held).finally(() => {
      this.#pending = undefined;
    });
    return await abortable(this.#pending, signal);
  }

  async #renew(held: Held | undefined): Promise<Held> {
    const stillValid = held && this.#clock.now() - held.since < ticketLife;
    if (stillValid) {
      try {
        return await this.#loginWith(held.ticket);
      } catch (error) {
        // Falls through to the password; anything but a refusal is the caller's to see.
        if (!PveError.is(error, "pve.unauthorized")) throw error;
      }
    }
    this.#passwordSeen = await resolveSecret(this.#password);
    return await this.#loginWith(this.#passwordSeen);
  }

  async #loginWith(password: string): Promise<Held> {
    const since = this.#clock.now();
    const ticket = await this.#login(this.#username, password);
    this.#held = { ...ticket, since };
    return this.#held;
  }
}
