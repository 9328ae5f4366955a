import { execFile, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../pulumi/project-files.ts";

/**
 * Nobody in particular: a user and group without a right, and without a name, since the home of one that has a name
 * would count for the engine. Containers in pipelines run so too.
 */
const NOBODY = 65_533;

/**
 * Somebody without rights, with a home in which there is nothing but what the machine's own user has fetched or built
 * before. Root becomes another user for that; whoever is none already runs as itself.
 */
export class OrdinaryUser {
  readonly home: string;
  readonly #prefix: readonly string[];
  readonly #env: Readonly<Record<string, string | undefined>>;

  private constructor(
    home: string,
    prefix: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.home = home;
    this.#prefix = prefix;
    this.#env = env;
  }

  /** Makes the home. */
  static create(): OrdinaryUser {
    const home = mkdtempSync(join(tmpdir(), "coppice-home-"));
    const npmrc = join(homedir(), ".npmrc");
    if (existsSync(npmrc)) cpSync(npmrc, join(home, ".npmrc"));
    const env = { HOME: home, PATH: usersPath(), TERM: "dumb", ...caches() };
    if (!mayBecomeAnother()) return new OrdinaryUser(home, [], env);
    return new OrdinaryUser(home, becomeNobody(home), { ...env, ...copiedCaches(home) });
  }

  /** Writes a file into the home. */
  write(name: string, text: string): void {
    writeFileSync(join(this.home, name), text);
    chmodSync(join(this.home, name), 0o644);
  }

  /** Makes a folder in the home that the user may write into. */
  makeFolder(name: string): void {
    mkdirSync(join(this.home, name), { mode: 0o777 });
    chmodSync(join(this.home, name), 0o777);
  }

  /** Types lines into a shell, in the home unless told otherwise; throws with what they printed when one fails. */
  async type(lines: string, { cwd = this.home, env = {} }: TypeOptions = {}): Promise<string> {
    const options = { cwd, env: { ...this.#env, ...env }, timeout: 280_000, maxBuffer: 64 * 1024 * 1024 };
    const typed = promisify(execFile)("env", [...this.#prefix, "sh", "-ec", lines], options);
    typed.child.stdin?.end();
    return await typed.then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: Error & Partial<Record<"stdout" | "stderr", string>>) => {
        throw new Error(`${error.stdout ?? ""}${error.stderr ?? ""}`, { cause: error });
      },
    );
  }

  /** Removes the home. */
  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

interface TypeOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Without the folders of packages, which a user's shell does not have; unless the only Node lies in one. */
function usersPath(): string {
  const path = process.env["PATH"] ?? "";
  const own = path.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return own.some((folder) => existsSync(join(folder, "node"))) ? own.join(delimiter) : path;
}

/** Where this machine's user keeps engine and packages. */
function caches(): { readonly XDG_CACHE_HOME: string; readonly npm_config_cache: string } {
  const { XDG_CACHE_HOME, npm_config_cache } = process.env;
  return {
    XDG_CACHE_HOME: XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    npm_config_cache: npm_config_cache ?? join(homedir(), ".npm"),
  };
}

function mayBecomeAnother(): boolean {
  if (process.getuid?.() !== 0) return false;
  const probe = spawnSync("setpriv", [...NO_RIGHTS, "test", "-r", join(repository, "package.json")]);
  // Where a checkout lies in a folder of root's alone, its user is root.
  return probe.status === 0;
}

const NO_RIGHTS = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];

function becomeNobody(home: string): string[] {
  const { XDG_CACHE_HOME, npm_config_cache } = caches();
  cpSync(join(XDG_CACHE_HOME, "coppice"), join(home, ".cache", "coppice"), { recursive: true });
  if (existsSync(npm_config_cache)) cpSync(npm_config_cache, join(home, ".npm"), { recursive: true });
  spawnSync("chown", ["-R", `${NOBODY}:${NOBODY}`, home]);
  return ["setpriv", ...NO_RIGHTS];
}

function copiedCaches(home: string): Readonly<Record<string, string>> {
  return { XDG_CACHE_HOME: join(home, ".cache"), npm_config_cache: join(home, ".npm") };
}
