import {
  grantToToken,
  listAcl,
  type Permissions,
  type PveCaller,
  PveError,
  type TokenSettings,
} from "@coppice/pve";
import { mayNotGrant } from "./refusals.ts";

/** A right of a token itself. */
export interface Right {
  readonly path: string;
  readonly roleid: string;
  readonly propagate: boolean;
}

/** The rights that a token has of its own; none where it has those of its user. */
export async function rightsOf(
  maker: PveCaller,
  token: string,
  { privsep }: TokenSettings,
): Promise<readonly Right[]> {
  if (!privsep) return [];
  const rights = (await listAcl(maker)).filter(({ type, ugid }) => type === "token" && ugid === token);
  // One without any could do nothing, so what cannot be seen is there.
  if (rights.length === 0) throw mayNotGrant(token);
  return rights;
}

/** Gives rights to a token. Those that it has already stay. */
export async function copyRights(maker: PveCaller, rights: readonly Right[], token: string): Promise<void> {
  for (const { path, roleid, propagate } of rights) {
    try {
      await grantToToken(maker, { path, roleid, propagate, token });
    } catch (error) {
      throw PveError.is(error, "pve.forbidden") ? mayNotGrant(token, error) : error;
    }
  }
}

/** The paths on which two tokens may do different things. */
export function differingPaths(before: Permissions, after: Permissions): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => rightsText(before, path) !== rightsText(after, path)).sort();
}

function rightsText(permissions: Permissions, path: string): string {
  const rights = [...(permissions.get(path) ?? [])].map(([name, below]) => `${name} ${below}`);
  return rights.sort().join(",");
}
