import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CoppiceError } from "@coppice/core";

/** In the published package, and in a checkout. */
const PLACES = ["../../templates", "../../../../templates"];

/** Files in which the project's name stands as Pulumi's own templates write it. */
const NAMED = ["Pulumi.yaml", "package.json", "README.md"];

/**
 * Copies a template into a folder that is empty or does not exist yet.
 *
 * @example await copyTemplate("lab-class", "networks-101")
 */
export async function copyTemplate(template: string, folder: string): Promise<{ readonly name: string }> {
  const source = await findTemplate(template);
  const target = resolve(folder);
  const name = projectName(target);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    throw new CoppiceError("template.folder", {
      what: `The folder ${folder} cannot take a new project`,
      why: "it is not empty",
      wayOut: "Name another folder",
    });
  }
  await cp(source, target, { recursive: true });
  for (const file of NAMED) await fillName(join(target, file), name);
  return { name };
}

async function findTemplate(template: string): Promise<string> {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const folder = places.find((place) => existsSync(place));
  const known = folder === undefined ? [] : await readdir(folder);
  if (folder !== undefined && known.includes(template)) return join(folder, template);
  throw new CoppiceError("template.unknown", {
    what: `There is no template '${template}'`,
    wayOut: `Choose one of: ${known.join(", ")}`,
  });
}

/** What Pulumi takes as a project's name: letters, digits, `-`, `_` and `.`, at most 100 of them. */
function projectName(target: string): string {
  const name = basename(target)
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 100);
  return name === "" ? "lab" : name.toLowerCase();
}

async function fillName(file: string, name: string): Promise<void> {
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replaceAll("$" + "{PROJECT}", name).replaceAll("$" + "{DESCRIPTION}", "A class of machines"),
  );
}
