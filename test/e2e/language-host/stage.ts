import { randomUUID } from "node:crypto";
import {
  chmod,
  copyFile,
  cp,
  link,
  mkdir,
  mkdtemp,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolEnvironment } from "@coppice/toolchain";
import { killLeftProcesses } from "./left-processes.ts";
import { runPulumi } from "./pulumi.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const ownHost = join(repository, "packages/toolchain/src/language-host/main.js");
const dynamicLauncher = join(repository, "node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs");

const givenHost = process.env["COPPICE_LANGUAGE_HOST"];

/** Whether the suite runs against another host than the toolchain's, to compare them. */
export const isForeignHost = givenHost !== undefined;

/** Starts the host under test, without arguments. */
export const hostCommand = givenHost === undefined ? `node "${ownHost}"` : `"${givenHost}"`;

/** A place where the engine runs with the language host under test, apart from everything of the user. */
export interface Stage {
  /** Projects under it find the repository's packages. */
  readonly folder: string;
  /** Projects under it find no packages at all. */
  readonly bareFolder: string;
  /** A project with a new stack `dev`; all others begin as copies of it. */
  readonly template: string;
  readonly env: NodeJS.ProcessEnv;
  /** In the environment of every process started here, to find those that stay behind. */
  readonly marker: string;
  remove(): Promise<void>;
}

/**
 * Makes a stage. The host under test is `COPPICE_LANGUAGE_HOST`, else the toolchain's own.
 *
 * @example const stage = await makeStage();
 */
export async function makeStage(): Promise<Stage> {
  const tools = await toolEnvironment({ cwd: repository });
  // The real path, as programs see it: macOS links its temporary folder.
  const root = await realpath(await mkdtemp(join(tmpdir(), "coppice-language-host-")));
  const folder = join(root, "programs");
  const bareFolder = join(root, "bare");
  const bin = join(root, "bin");
  const template = join(root, "template");
  await Promise.all(
    [folder, bareFolder, bin, join(template, ".state")].map((path) => mkdir(path, { recursive: true })),
  );
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "dir");
  await furnish(bin, tools.pulumi);
  const mark = randomUUID();
  const marker = `COPPICE_TEST_MARK=${mark}`;
  const env = {
    ...stageEnvironment(root),
    PATH: [bin, tools.env["PATH"]].join(delimiter),
    COPPICE_TEST_MARK: mark,
  };
  await makeTemplate(template, env);
  const remove = (): Promise<void> => {
    killLeftProcesses(marker);
    return rm(root, { recursive: true, force: true });
  };
  return { folder, bareFolder, template, marker, env, remove };
}

function stageEnvironment(root: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI_|NODE_OPTIONS|VITEST)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PULUMI_HOME: join(root, "home"),
    PULUMI_CONFIG_PASSPHRASE: "only for this test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** The engine takes the host that lies beside it, so it gets a folder of its own. */
async function furnish(bin: string, pulumi: string): Promise<void> {
  await link(pulumi, join(bin, "pulumi")).catch(() => copyFile(pulumi, join(bin, "pulumi")));
  await symlink(dynamicLauncher, join(bin, "pulumi-resource-pulumi-nodejs"));
  const host = join(bin, "pulumi-language-nodejs");
  await writeFile(host, `#!/bin/sh\nexec ${hostCommand} "$@"\n`);
  await chmod(host, 0o755);
}

/** Making a stack takes half a second; copying one does not. */
async function makeTemplate(template: string, env: NodeJS.ProcessEnv): Promise<void> {
  await writeFile(join(template, "Pulumi.yaml"), projectFile(""));
  const { code, output } = await runPulumi({ env }, template, ["stack", "init", "dev"]);
  if (code !== 0) throw new Error(`pulumi stack init failed:\n${output}`);
}

const plainRuntime = "runtime: { name: nodejs, options: { typescript: false } }";

/** `settings` are lines of YAML, which may replace the runtime. */
function projectFile(settings: string): string {
  return `name: sample\n${settings.includes("runtime:") ? "" : plainRuntime}\n${settings}\n`;
}

/** What a project's folder holds, by path. */
export type Files = Readonly<Record<string, string>>;

/**
 * Writes a Pulumi project with a new stack `dev` into a folder and gives its path back.
 *
 * @example await writeProject(stage, join(stage.folder, "hello"), { "index.js": "export const answer = 42;" })
 */
export async function writeProject(
  stage: Stage,
  folder: string,
  files: Files,
  settings = "",
): Promise<string> {
  await cp(stage.template, folder, { recursive: true });
  await writeFiles(folder, {
    "Pulumi.yaml": projectFile(settings),
    "package.json": '{ "type": "module", "dependencies": { "@pulumi/pulumi": "*" } }',
    ...files,
  });
  return folder;
}

/** Writes files into a folder, with the folders that they need. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
