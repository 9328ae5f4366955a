import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

const repository = resolve(import.meta.dirname, "../../..");

/** Our own configurations, taken as they are, so that a loosened rule is noticed. */
const configurations = [
  ".dependency-cruiser.cjs",
  ".oxlintrc.json",
  "biome.json",
  "knip.json",
  "LICENSE",
  "tsconfig.base.json",
  "tsconfig.tests.json",
];

/** Packages of the small workspace and what they depend on: a slice of the real one. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [],
  pve: ["core"],
  provider: ["core", "pve"],
  components: ["core", "provider"],
  emulator: ["core"],
  testkit: ["core"],
};

/** A throw-away copy of our workspace's frame with files planted into it. */
export class PlantedWorkspace implements Disposable {
  /** The workspace's folder. */
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "coppice-planted-")));

  constructor(files: Readonly<Record<string, string>>) {
    for (const file of configurations) copyFileSync(join(repository, file), join(this.root, file));
    for (const [file, content] of Object.entries({ ...frame(), ...files })) this.#write(file, content);
    mkdirSync(join(this.root, "node_modules", "@coppice"), { recursive: true });
    symlinkSync(join(repository, "node_modules", "@types"), join(this.root, "node_modules", "@types"));
    symlinkSync(
      join(repository, "node_modules", "undici-types"),
      join(this.root, "node_modules", "undici-types"),
    );
    for (const name of Object.keys(packages)) {
      symlinkSync(join(this.root, "packages", name), join(this.root, "node_modules", "@coppice", name));
    }
  }

  /** Runs the real runner in here; with names, only those checks. */
  async check(...names: readonly string[]): Promise<{ readonly output: string; readonly exitCode: number }> {
    const runner = join(repository, "test/architecture/run-checks.ts");
    const child = spawn(process.execPath, [runner, ...names], { cwd: this.root, timeout: 120_000 });
    const ended = new Promise<number>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done(code ?? 1));
    });
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { output: stdout + stderr, exitCode };
  }

  /** Takes a file or folder away. */
  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #write(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }
}

/** A workspace in which nothing is wrong. */
function frame(): Record<string, string> {
  const names = Object.keys(packages);
  const projects = { files: [], references: names.map((name) => ({ path: `packages/${name}` })) };
  const root = {
    name: "planted",
    version: "1.0.0",
    private: true,
    type: "module",
    workspaces: ["packages/*"],
  };
  return {
    "package.json": json(root),
    "tsconfig.json": json(projects),
    "test/frame.test.ts": "export const nothing = 0;\n",
    ...Object.fromEntries(
      Object.entries(packages).flatMap(([name, friends]) => Object.entries(packageFiles(name, friends))),
    ),
  };
}

function packageFiles(name: string, friends: readonly string[]): Record<string, string> {
  const folder = `packages/${name}`;
  const manifest = {
    name: `@coppice/${name}`,
    version: "1.0.0",
    description: `Planted ${name}`,
    license: "Apache-2.0",
    type: "module",
    files: ["dist"],
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
    engines: { node: ">=22.18" },
    dependencies: Object.fromEntries(friends.map((friend) => [`@coppice/${friend}`, "1.0.0"])),
  };
  const project = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { rootDir: "src", outDir: "dist", tsBuildInfoFile: "dist/.tsbuildinfo" },
    include: ["src"],
    exclude: ["src/**/*.test.ts"],
    references: friends.map((friend) => ({ path: `../${friend}` })),
  };
  return {
    [`${folder}/package.json`]: json(manifest),
    [`${folder}/tsconfig.json`]: json(project),
    [`${folder}/src/index.ts`]: indexText(name, friends),
    [`${folder}/dist/index.d.ts`]: `export declare const ${name}: number;\n`,
    [`${folder}/dist/index.js`]: `export const ${name} = 0;\n`,
  };
}

function indexText(name: string, friends: readonly string[]): string {
  const imports = friends.map((friend) => `import { ${friend} } from "@coppice/${friend}";\n`).join("");
  const uses = friends.length > 0 ? `[${friends.join(", ")}].length` : "0";
  return `${imports}${imports && "\n"}/** What others use of ${name}. */\nexport const ${name}: number = ${uses};\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
