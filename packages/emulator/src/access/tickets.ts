import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@coppice/core";

/** Tickets and CSRF tokens live for two hours and may come five minutes from the future (pve-common, Ticket.pm). */
const lifeSeconds = 7200;
const skewSeconds = 300;

/** Makes and checks login tickets and CSRF tokens. */
export class Tickets {
  readonly #secret: string;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** `PVE:<user>:<8 hex time>::<signature>`. */
  issue(userid: string): string {
    const plain = `PVE:${userid}:${this.#now()}`;
    return `${plain}::${this.#sign("sha512", plain)}`;
  }

  /** The user of a genuine, fresh ticket. */
  verify(ticket: string): string | undefined {
    const match = /^(PVE:([^\s:]+@[^\s:]+):([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (match === null) return undefined;
    const [, plain = "", userid, time = "", signature = ""] = match;
    return this.#fresh(time) && same(signature, this.#sign("sha512", plain)) ? userid : undefined;
  }

  /** `<8 hex time>:<signature>`. */
  issueCsrf(userid: string): string {
    const time = this.#now();
    return `${time}:${this.#sign("sha256", `${time}:${userid}`)}`;
  }

  /** True for a genuine, fresh token of that user. */
  verifyCsrf(userid: string, token: string): boolean {
    const match = /^([0-9A-F]{8}):(\S+)$/.exec(token);
    if (match === null) return false;
    const [, time = "", signature = ""] = match;
    return this.#fresh(time) && same(signature, this.#sign("sha256", `${time}:${userid}`));
  }

  /** `PVEVNC:<8 hex time>::<signature>`, good for one user and one path. */
  issueVnc(userid: string, path: string): string {
    const plain = `PVEVNC:${this.#now()}`;
    return `${plain}::${this.#sign("sha512", `${plain}:${userid}:${path}`)}`;
  }

  /** True for a console's genuine, fresh ticket of that user and path. */
  verifyVnc(userid: string, path: string, ticket: string): boolean {
    const match = /^(PVEVNC:([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (match === null) return false;
    const [, plain = "", time = "", signature = ""] = match;
    return this.#fresh(time) && same(signature, this.#sign("sha512", `${plain}:${userid}:${path}`));
  }

  #now(): string {
    return Math.floor(this.#clock.now() / 1000)
      .toString(16)
      .toUpperCase()
      .padStart(8, "0");
  }

  #fresh(time: string): boolean {
    const age = Math.floor(this.#clock.now() / 1000) - Number.parseInt(time, 16);
    return age > -skewSeconds && age < lifeSeconds;
  }

  #sign(hash: "sha256" | "sha512", text: string): string {
    return createHmac(hash, this.#secret).update(text).digest("base64");
  }
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
