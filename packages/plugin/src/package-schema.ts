import { readFileSync } from "node:fs";

/**
 * The package schema, by which programs in other languages know what there is. `npm run generate` makes it from what
 * core describes; the version is that of this plugin.
 */
export function packageSchema(version: string): string {
  const text = readFileSync(new URL("../generated/schema.json", import.meta.url), "utf8");
  const document = JSON.parse(text) as object; // what we have generated
  return JSON.stringify({ ...document, version });
}
