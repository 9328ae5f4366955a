import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CoppiceError } from "@coppice/core";

const OWN_FOLDER = fileURLToPath(new URL("../..", import.meta.url));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * This command's package and every one of ours that it stands on, in a checkout as well as installed: each name with
 * its folder.
 */
export function ownPackages(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string, folder: string) => {
    if (found.has(name)) return;
    found.set(name, folder);
    for (const other of namesIn(folder)) visit(other, folderOf(other, folder));
  };
  visit("@coppice/cli", OWN_FOLDER.replace(/\/$/, ""));
  return found;
}

function namesIn(folder: string): string[] {
  // A package's own file, of npm's shape.
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return Object.keys(dependencies).filter((name) => name.startsWith("@coppice/"));
}

/** As Node looks for it, without the package's `exports`, which name no folder. */
function folderOf(name: string, from: string): string {
  const place = join(from, "node_modules", name);
  if (existsSync(place)) return place;
  if (dirname(from) !== from) return folderOf(name, dirname(from));
  throw new CoppiceError("template.packages", {
    what: `The package ${name} is not installed`,
    why: `@coppice/cli in ${OWN_FOLDER} needs it`,
    wayOut: "Type `npm ci` where it was installed",
  });
}
