/** Writes docs/reference from the code. `npm run docs` */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { referencePages } from "./reference-pages.ts";

const folder = new URL("reference/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages()) {
  writeFileSync(new URL(name, folder), text);
  console.log(fileURLToPath(new URL(name, folder)));
}
