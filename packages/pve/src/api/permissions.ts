import { flag, record } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** What the token that asks may do: by path, each privilege and whether it holds for the paths below too. */
export type Permissions = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/** Reads the token's own permissions: one GET that needs no right. */
export async function readPermissions(client: PveCaller): Promise<Permissions> {
  const answer = await client.call({
    method: "GET",
    path: "/access/permissions",
    parse: (value) => record(value, "permissions"),
  });
  const paths = Object.entries(answer);
  return new Map(paths.map(([path, rights]) => [path, privilegesOf(record(rights, path))]));
}

function privilegesOf(rights: Readonly<Record<string, unknown>>): ReadonlyMap<string, boolean> {
  return new Map(Object.entries(rights).map(([privilege, below]) => [privilege, flag(below, privilege)]));
}

/**
 * Whether a privilege holds on a path. What a path inherits comes from the nearest one above it that hands anything
 * down (pve-access-control: `roles` replace inherited ones, and skip those without "propagate").
 *
 * @example holdsRight(permissions, "/storage/nas", "Datastore.Audit")
 */
export function holdsRight(permissions: Permissions, path: string, privilege: string): boolean {
  const own = permissions.get(path);
  if (own !== undefined) return own.has(privilege);
  return path !== "/" && holdsRightBelow(permissions, parentOf(path), privilege);
}

/**
 * Whether a privilege holds on everything below a path that has no rights of its own.
 *
 * @example holdsRightBelow(permissions, "/vms", "VM.Audit") // on every guest, those to come included
 */
export function holdsRightBelow(permissions: Permissions, path: string, privilege: string): boolean {
  for (let at = path; ; at = parentOf(at)) {
    const found = permissions.get(at);
    const handsDown = found !== undefined && [...found.values()].includes(true);
    if (handsDown) return found.get(privilege) === true;
    if (at === "/") return false;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
