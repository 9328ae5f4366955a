import { stableMark } from "@coppice/core";

/**
 * The comment of a tenant's token, with a check sum of its secret as soon as somebody knows that. Proxmox tells a secret once: by
 * the sum we see that the token was made anew since, or that the answer of its making was lost.
 */
export function tokenComment(tenant: string, secret?: string): string {
  const said = `Classes of tenant ${tenant}`;
  return secret === undefined ? said : `${said} [coppice-secret ${stableMark(["secret", tenant, secret])}]`;
}
