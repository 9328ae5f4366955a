import type { TokenName } from "@coppice/pve";

/** What Proxmox calls the parts of a tenant. */
export interface TenantNames {
  readonly pool: string;
  readonly group: string;
  readonly user: string;
  readonly token: TokenName;
  /** The token in one word: `user@realm!name`. */
  readonly tokenId: string;
}

/** The names of a tenant's parts. */
export function namesOf(tenant: string): TenantNames {
  const user = `${tenant}@pve`;
  const token = { userid: user, tokenid: "coppice" };
  return { pool: tenant, group: `coppice-${tenant}`, user, token, tokenId: `${user}!${token.tokenid}` };
}
