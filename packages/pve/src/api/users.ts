import { list, nothing, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A user with its groups and the names of its tokens. */
export interface User {
  readonly userid: string;
  readonly comment?: string | undefined;
  readonly groups: readonly string[];
  readonly tokens: readonly { readonly tokenid: string; readonly comment: string | undefined }[];
}

const parseUser = shape({
  userid: text,
  comment: optional(text),
  groups: optional(text),
  tokens: list(shape({ tokenid: text, comment: optional(text) })),
});

const path = "/access/users/{userid}";

/** The users that we may see. */
export async function listUsers(caller: PveCaller): Promise<readonly User[]> {
  const params = { full: true };
  const users = await caller.call({ method: "GET", path: "/access/users", params, parse: list(parseUser) });
  return users.map(({ groups = "", ...user }) => ({ ...user, groups: groups.split(",").filter(Boolean) }));
}

/** Creates a user without a password; `pve.already-exists` where there is one of that name. */
export async function createUser(
  caller: PveCaller,
  { userid, comment, groups }: Omit<User, "tokens">,
): Promise<void> {
  const params = { userid, comment, groups: groups.join(",") };
  await caller.call({ method: "POST", path: "/access/users", params, parse: nothing });
}

/** Adds a user to a group. */
export async function joinGroup(
  caller: PveCaller,
  { userid, group }: { readonly userid: string; readonly group: string },
): Promise<void> {
  const params = { groups: group, append: true };
  await caller.call({ method: "PUT", path, in: { userid }, params, parse: nothing });
}

/** Sets all groups of a user: Proxmox has no call that takes one out of a group. */
export async function setGroups(
  caller: PveCaller,
  { userid, groups }: Pick<User, "userid" | "groups">,
): Promise<void> {
  const params = { groups: groups.join(",") };
  await caller.call({ method: "PUT", path, in: { userid }, params, parse: nothing });
}

/** Removes a user with its tokens and rights; one that is gone is no failure. */
export async function deleteUser(caller: PveCaller, userid: string): Promise<void> {
  await caller.call({ method: "DELETE", path, in: { userid }, parse: nothing });
}
