/**
 * The type of the resource that a URN names: the last of the chain
 * `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`.
 */
export function typeOfUrn(urn: string): string {
  const chain = urn.split("::")[2] ?? "";
  return chain.slice(chain.lastIndexOf("$") + 1);
}
