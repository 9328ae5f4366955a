import { flag, list, nothing, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** One right: a role that somebody has on a path. */
export type AclEntry = ReturnType<typeof parseEntry>;

const parseEntry = shape({ path: text, type: text, ugid: text, roleid: text, propagate: flag });

/** The rights that we may see: all with Sys.Audit on `/access`, else those on paths whose rights we may change. */
export async function listAcl(caller: PveCaller): Promise<readonly AclEntry[]> {
  return await caller.call({ method: "GET", path: "/access/acl", parse: list(parseEntry) });
}

/** Gives a token a right. One that it has already stays. */
export async function grantToToken(
  caller: PveCaller,
  {
    path,
    roleid,
    propagate,
    token,
  }: Pick<AclEntry, "path" | "roleid" | "propagate"> & { readonly token: string },
): Promise<void> {
  const params = { path, roles: roleid, propagate, tokens: token };
  await caller.call({ method: "PUT", path: "/access/acl", params, parse: nothing });
}

/** A role that a group, a user or a token has on a path, and everything below. */
export type Right = Omit<AclEntry, "propagate">;

/** Gives a right, or takes it. One that is there already, or no more, is no failure. */
export async function changeRight(
  caller: PveCaller,
  { path, roleid, type, ugid }: Right,
  change: "grant" | "revoke",
): Promise<void> {
  const params = { path, roles: roleid, [`${type}s`]: ugid, delete: change === "revoke" || undefined };
  await caller.call({ method: "PUT", path: "/access/acl", params, parse: nothing });
}
