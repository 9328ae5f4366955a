import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Two busy cores took two minutes for Packer's builders with nothing cached. */
export const goBuildMs = 420_000;

/** A client that is built, or why it is not. */
export type GoProgram = { readonly program: string } | { readonly reason: string };

/** Where a client's program is kept, by what it is built from: made once for each user. */
function keptAt(source: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(source).sort()) hash.update(name).update(readFileSync(join(source, name)));
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(cache, "coppice", "test-clients", `${basename(source)}-${hash.digest("hex").slice(0, 8)}`);
}

/** Go's caches for it grow large, so it gets private ones, which go with the draft. */
async function build(source: string, draft: string): Promise<void> {
  const work = join(draft, "work");
  cpSync(source, work, { recursive: true });
  const caches = { GOMODCACHE: join(draft, "modules"), GOCACHE: join(draft, "cache") };
  // `readonly`: go.sum is complete and nothing is added unseen; `modcacherw`: a cache that can be deleted again.
  const settings = {
    GOFLAGS: "-modcacherw -mod=readonly",
    GOTOOLCHAIN: "local",
    CGO_ENABLED: "0",
    GOWORK: "off",
  };
  const env = { ...process.env, ...settings, ...caches };
  const args = ["build", "-trimpath", "-ldflags", "-s -w", "-o", join(draft, "program"), "."];
  await run("go", args, { cwd: work, env, timeout: goBuildMs - 10_000 });
  for (const folder of [work, ...Object.values(caches)]) rmSync(folder, { recursive: true, force: true });
}

/** The program of a folder with Go's sources, built when nobody has done so yet and it may be. */
export async function goProgram(source: string, mayBuild: boolean): Promise<GoProgram> {
  const kept = keptAt(source);
  const program = join(kept, "program");
  if (existsSync(program)) return { program };
  if (!mayBuild) return { reason: "it is not built yet: `npm run conformance` does that" };
  const draft = `${kept}.draft-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await build(source, draft);
    if (!existsSync(program)) renameSync(draft, kept);
    return { program };
  } catch (error) {
    const lines = error instanceof Error ? error.message.trim().split("\n") : [String(error)];
    return { reason: `it cannot be built here: ${lines.slice(0, 3).join(" | ")}` };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
