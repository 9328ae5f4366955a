import { randomBytes } from "node:crypto";
import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NewCluster } from "../new-cluster/new-cluster.ts";
import { yamlLines } from "../new-cluster/yaml-lines.ts";
import { type ManifestParts, projectManifest } from "./project-manifest.ts";

/** Files in which the project's name stands, as Pulumi's own templates write it. */
const NAMED = ["Pulumi.yaml", "README.md"];

/** The folder in a project that holds the packages which it stands on. */
const PACKAGES_FOLDER = "packages";

/**
 * Where a project brings its own Node: npm compares what packages ask for with the Node that npm itself runs on, warns
 * once for each of them, and has no setting for that alone (arborist/build-ideal-tree.js, checkEngine).
 */
const NPM_SETTINGS = `# The packages want a newer Node than yours, and package.json brings it; npm would warn of each of them.
loglevel=error
`;

/** What is written. */
export interface ProjectParts extends Omit<ManifestParts, "packages"> {
  readonly template: string;
  /** Where the packed packages lie until now, and the file of each. */
  readonly packed: { readonly folder: string; readonly files: ReadonlyMap<string, string> };
  readonly cluster: Pick<NewCluster, "settings" | "files"> | undefined;
}

/** Writes a project into its folder. Everything that could be wrong has been looked at. */
export async function writeProject(target: string, parts: ProjectParts): Promise<void> {
  const { name, template, packed, nodes, cluster } = parts;
  await mkdir(target, { recursive: true });
  await cp(template, target, { recursive: true });
  // npm packs no file of that name, so a template has it under another.
  await rename(join(target, "gitignore"), join(target, ".gitignore"));
  for (const file of NAMED)
    await edit(join(target, file), (text) => text.replaceAll("$" + "{PROJECT}", name));
  await mkdir(join(target, PACKAGES_FOLDER));
  for (const file of packed.files.values())
    await cp(join(packed.folder, file), join(target, PACKAGES_FOLDER, file));
  const packages = { folder: PACKAGES_FOLDER, files: packed.files };
  await edit(join(target, "package.json"), (text) => projectManifest(text, { name, packages, nodes }));
  if (Object.keys(nodes).length > 0) await writeFile(join(target, ".npmrc"), NPM_SETTINGS);
  await secret(join(target, "passphrase"), `${randomBytes(24).toString("base64url")}\n`);
  if (cluster !== undefined) await writeCluster(target, cluster);
}

async function writeCluster(
  target: string,
  { settings, files }: Pick<NewCluster, "settings" | "files">,
): Promise<void> {
  for (const { name, text } of files) await secret(join(target, name), text);
  const lines = yamlLines({ config: { "coppice:clusters": { main: settings } } });
  await writeFile(join(target, "Pulumi.dev.yaml"), `${lines.join("\n")}\n`);
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, "utf8")));
}

/** Only the owner reads it. A mode counts for a new file alone, and whoever put one there would read what is written. */
async function secret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: "wx" });
}
