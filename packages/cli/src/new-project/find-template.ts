import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CoppiceError } from "@coppice/core";

const TEMPLATES = fileURLToPath(new URL("../../templates", import.meta.url));

/** The folder of a template. */
export async function findTemplate(name: string): Promise<string> {
  const known = await readdir(TEMPLATES);
  if (known.includes(name)) return join(TEMPLATES, name);
  throw new CoppiceError("template.unknown", {
    what: `There is no template '${name}'`,
    wayOut: `Choose one of: ${known.join(", ")}; the folder comes after it, as in coppice new ${known[0]} my-class`,
  });
}
