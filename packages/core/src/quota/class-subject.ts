/**
 * How the ledger of a tenant and the sentences about its limits call what a document describes, always alike, since the
 * ledger finds it again by this. No two documents of a cluster have one name.
 *
 * @example classSubject("networks-101") // 'class "networks-101"'
 */
export function classSubject(name: string): string {
  return `class "${name}"`;
}
