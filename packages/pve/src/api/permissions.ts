import { record } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** What the token that asks may do, by path. */
export type Permissions = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the token's own permissions: one GET that needs no right. */
export async function readPermissions(client: PveCaller): Promise<Permissions> {
  const answer = await client.call({
    method: "GET",
    path: "/access/permissions",
    parse: (value) => record(value, "permissions"),
  });
  const paths = Object.entries(answer);
  return new Map(paths.map(([path, rights]) => [path, new Set(Object.keys(record(rights, path)))]));
}

/** Rights on a path come from the nearest path above it that has any (pve-access-control: `roles` replace inherited ones). */
export function holdsRight(permissions: Permissions, path: string, privilege: string): boolean {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    const found = permissions.get(at);
    if (found !== undefined) return found.has(privilege);
    if (at === "/") return false;
  }
}
