import { list, nothing, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A group of users. */
export interface Group {
  readonly groupid: string;
  readonly comment?: string | undefined;
  readonly users: readonly string[];
}

const parseGroup = shape({ groupid: text, comment: optional(text), users: optional(text) });

/** The groups that we may see. */
export async function listGroups(caller: PveCaller): Promise<readonly Group[]> {
  const groups = await caller.call({ method: "GET", path: "/access/groups", parse: list(parseGroup) });
  return groups.map(({ users = "", ...group }) => ({ ...group, users: users.split(",").filter(Boolean) }));
}

/** Creates a group without users; `pve.already-exists` where there is one of that name. */
export async function createGroup(
  caller: PveCaller,
  { groupid, comment }: Pick<Group, "groupid" | "comment">,
): Promise<void> {
  const params = { groupid, comment };
  await caller.call({ method: "POST", path: "/access/groups", params, parse: nothing });
}

/** Removes a group, with all rights that it has. Its users stay. */
export async function deleteGroup(caller: PveCaller, groupid: string): Promise<void> {
  await caller.call({ method: "DELETE", path: "/access/groups/{groupid}", in: { groupid }, parse: nothing });
}
