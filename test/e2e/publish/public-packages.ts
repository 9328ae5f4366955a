import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The parts of a package.json that the rehearsal reads. */
export interface PublicPackage {
  readonly folder: string;
  readonly name: string;
  /** What users may write in an import: the package and its sub-paths. */
  readonly entries: readonly string[];
}

const rooms = ["packages", "policies"].map((room) =>
  fileURLToPath(new URL(`../../../${room}`, import.meta.url)),
);

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
}

/** Every package of this repository that would be published. */
export function publicPackages(): PublicPackage[] {
  const folders = rooms.flatMap((room) => readdirSync(room).map((name) => join(room, name)));
  return folders.filter((folder) => existsSync(join(folder, "package.json"))).flatMap(publicPackage);
}

function publicPackage(folder: string): PublicPackage[] {
  // Our own files, of this shape; npm refuses them otherwise.
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  if (manifest.private) return [];
  const exported = Object.entries(manifest.exports ?? {});
  // A file of data, such as a schema, is found by its name and loaded by nobody.
  const modules = exported.filter(([key, target]) => !key.includes("*") && !String(target).endsWith(".json"));
  const keys = modules.map(([key]) => key);
  return [{ folder, name: manifest.name, entries: keys.map((key) => join(manifest.name, key)) }];
}
