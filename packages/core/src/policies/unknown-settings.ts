import { nearestNames } from "../description/nearest-names.ts";
import { either } from "../description/value-text.ts";

/**
 * Says of each setting of a policy pack that a rule does not know. Pulumi compares settings with their schema, and lets
 * pass those that it does not name: a misspelt limit would hold nobody.
 *
 * @example unknownSettings({ allowed: { type: "array" } }, { alowed: ["vmbr0"] })
 */
export function unknownSettings(schema: object, given: object): string[] {
  const known = Object.keys(schema);
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map(
      (name) => `The pack's configuration has '${name}', which this rule does not know${hint(name, known)}`,
    );
}

function hint(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known).map((one) => `'${one}'`);
  return near.length > 0 ? `; did you mean ${either(near)}?` : "";
}
