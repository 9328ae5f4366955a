/** Who asks: a user with a ticket, or one of a user's API tokens. */
export interface Identity {
  /** `user@realm`, without the token. */
  readonly userid: string;
  /** The token's id when an API token was used. */
  readonly tokenid?: string;
  /** `user@realm` or `user@realm!token`: what tasks and messages show. */
  readonly authid: string;
  /** True only for root@pam itself: its tokens are never root (pve-access-control, RPCEnvironment). */
  readonly isRoot: boolean;
}

/** The identity that commands on a node's shell act as. */
export const rootIdentity: Identity = { userid: "root@pam", authid: "root@pam", isRoot: true };

/**
 * Builds an identity from `user@realm` or `user@realm!token`.
 *
 * @example identityOf("alice@pve!ci").tokenid // "ci"
 */
export function identityOf(authid: string): Identity {
  const mark = authid.indexOf("!");
  if (mark < 0) return { userid: authid, authid, isRoot: authid === "root@pam" };
  return { userid: authid.slice(0, mark), tokenid: authid.slice(mark + 1), authid, isRoot: false };
}
