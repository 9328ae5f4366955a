import type { PolicyConfigSchema } from "@pulumi/policy";

/** Settings of a rule that knows names; all are allowed where none are said. */
export interface AllowedNames {
  readonly allowed?: readonly string[];
}

/** Those settings, as Pulumi checks them. */
export function allowedNames(description: string): PolicyConfigSchema["properties"] {
  return { allowed: { type: "array", items: { type: "string", minLength: 1 }, description } };
}

/** Says of each name that is not allowed who has it. Without a list nothing is read: it need not be known then. */
export function foreignNames(
  who: string,
  names: () => readonly string[],
  { allowed }: AllowedNames,
): string[] {
  if (allowed === undefined) return [];
  const rest = allowed.length > 0 ? `Allowed: ${allowed.join(", ")}` : "None is allowed";
  return [...new Set(names())]
    .filter((name) => !isAmong(name, allowed))
    .map((name) => `${who} "${name}", which is not allowed here. ${rest}`);
}

/** Whether a name is among others, of which one that ends with `*` stands for all with the same beginning. */
export function isAmong(name: string, others: readonly string[]): boolean {
  return others.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
}
