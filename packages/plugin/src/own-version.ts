import { readFileSync } from "node:fs";

/** The version of this package, which is the plugin's. */
export function ownVersion(): string {
  // Our own package.json, which npm requires to name a version.
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
