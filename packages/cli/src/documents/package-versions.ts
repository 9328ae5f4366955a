import { readFileSync } from "node:fs";

const own = new URL("../../package.json", import.meta.url);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The versions of this command and of our packages that it stands on, each of which it needs exactly. */
export function packageVersions(): Readonly<Record<string, string>> {
  // Our own file, which npm requires to have this shape.
  const { name, version, dependencies } = JSON.parse(readFileSync(own, "utf8")) as Manifest;
  const ours = Object.entries(dependencies).filter(([each]) => each.startsWith("@coppice/"));
  return { [name]: version, ...Object.fromEntries(ours) };
}
