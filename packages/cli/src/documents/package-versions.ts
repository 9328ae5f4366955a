import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownPackages } from "../new-project/own-packages.ts";

/** The versions of our packages that this command stands on, by name. */
export function packageVersions(): Readonly<Record<string, string>> {
  const versions = [...ownPackages()].map(([name, folder]) => {
    // A package's own file, which npm requires to name a version.
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
    return [name, manifest.version] as const;
  });
  return Object.fromEntries(versions);
}
