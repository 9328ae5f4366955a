import { createHmac, timingSafeEqual } from "node:crypto";

/** Tickets and CSRF tokens live for two hours and may come five minutes from the future (pve-common, Ticket.pm). */
const lifeSeconds = 7200;
const skewSeconds = 300;

/** Makes and checks login tickets and CSRF tokens. `now` is what the node's own clock says, in seconds. */
export class Tickets {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** `PVE:<user>:<8 hex time>::<signature>`. */
  issue(userid: string, now: number): string {
    const plain = `PVE:${userid}:${hex(now)}`;
    return `${plain}::${this.#sign("sha512", plain)}`;
  }

  /** The user of a genuine, fresh ticket. */
  verify(ticket: string, now: number): string | undefined {
    const match = /^(PVE:([^\s:]+@[^\s:]+):([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (match === null) return undefined;
    const [, plain = "", userid, time = "", signature = ""] = match;
    return isFresh(time, now) && same(signature, this.#sign("sha512", plain)) ? userid : undefined;
  }

  /** `<8 hex time>:<signature>`. */
  issueCsrf(userid: string, now: number): string {
    const time = hex(now);
    return `${time}:${this.#sign("sha256", `${time}:${userid}`)}`;
  }

  /** True for a genuine, fresh token of that user. */
  verifyCsrf(userid: string, token: string, now: number): boolean {
    const match = /^([0-9A-F]{8}):(\S+)$/.exec(token);
    if (match === null) return false;
    const [, time = "", signature = ""] = match;
    return isFresh(time, now) && same(signature, this.#sign("sha256", `${time}:${userid}`));
  }

  /** `PVEVNC:<8 hex time>::<signature>`, good for one user and one path. */
  issueVnc(userid: string, path: string, now: number): string {
    const plain = `PVEVNC:${hex(now)}`;
    return `${plain}::${this.#sign("sha512", `${plain}:${userid}:${path}`)}`;
  }

  /** True for a console's genuine, fresh ticket of that user and path. */
  verifyVnc(userid: string, path: string, ticket: string, now: number): boolean {
    const match = /^(PVEVNC:([0-9A-F]{8}))::(\S+)$/.exec(ticket);
    if (match === null) return false;
    const [, plain = "", time = "", signature = ""] = match;
    return isFresh(time, now) && same(signature, this.#sign("sha512", `${plain}:${userid}:${path}`));
  }

  #sign(hash: "sha256" | "sha512", text: string): string {
    return createHmac(hash, this.#secret).update(text).digest("base64");
  }
}

function hex(seconds: number): string {
  return seconds.toString(16).toUpperCase().padStart(8, "0");
}

function isFresh(time: string, now: number): boolean {
  const age = now - Number.parseInt(time, 16);
  return age > -skewSeconds && age < lifeSeconds;
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
