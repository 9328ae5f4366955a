import { PveError } from "../errors/pve-error.ts";
import { flag, nothing, number, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** Which API token: `user@realm` and the token's own name. A type, since it fills places of a path. */
export type TokenName = { readonly userid: string; readonly tokenid: string };

/** What is told of an API token beside its name. */
export interface TokenSettings {
  /** Whether it has rights of its own, within those of its user. */
  readonly privsep: boolean;
  /** Seconds since the epoch; 0 for never. */
  readonly expire: number;
  readonly comment?: string | undefined;
}

const path = "/access/users/{userid}/token/{tokenid}";

const parseToken = shape({ privsep: flag, expire: optional(number), comment: optional(text) });

/** A token without its secret; undefined where there is none. Needs what making one needs. */
export async function readToken(caller: PveCaller, token: TokenName): Promise<TokenSettings | undefined> {
  try {
    const found = await caller.call({ method: "GET", path, in: token, parse: parseToken });
    return { ...found, expire: found.expire ?? 0 };
  } catch (error) {
    if (PveError.is(error, "pve.not-found")) return undefined;
    throw error;
  }
}

/**
 * Makes a token and gives its secret, which Proxmox tells this once. Allowed to the user, by a ticket, and to whoever has
 * User.Modify on a group of the user; a token is not its user (pve-access-control, RPCEnvironment.pm, `userid-param`).
 */
export async function createToken(
  caller: PveCaller,
  token: TokenName,
  { privsep, expire, comment }: TokenSettings,
): Promise<string> {
  const params = { privsep, expire, ...(comment === undefined || comment === "" ? {} : { comment }) };
  const made = await caller.call({ method: "POST", path, in: token, params, parse: shape({ value: text }) });
  return made.value;
}

/** Sets what a token's comment says. */
export async function setTokenComment(caller: PveCaller, token: TokenName, comment: string): Promise<void> {
  await caller.call({ method: "PUT", path, in: token, params: { comment }, parse: () => undefined });
}

/** Removes a token; one that is gone is no failure. */
export async function deleteToken(caller: PveCaller, token: TokenName): Promise<void> {
  try {
    await caller.call({ method: "DELETE", path, in: token, parse: nothing });
  } catch (error) {
    if (!PveError.is(error, "pve.not-found")) throw error;
  }
}
