import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, providerSettings, writeClientFiles } from "@coppice/emulator";

/** A Pulumi project in a temporary folder, with home, state and passphrase of its own: nothing of the user's is touched. */
export interface DemoFolder {
  readonly path: string;
  /** What commands on the project need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the program. */
  write(program: string): Promise<void>;
  remove(): Promise<void>;
}

const project = `name: demo
description: A class of 25 machines on the emulator
runtime:
  name: nodejs
  options:
    # Node 24 runs TypeScript itself.
    typescript: false
`;

/** Makes the folder; the stack's configuration leads to the emulator. */
export async function makeDemoFolder(emulator: Emulator): Promise<DemoFolder> {
  const path = await mkdtemp(join(tmpdir(), "coppice-demo-"));
  const file = (name: string, text: string) => writeFile(join(path, name), text, { mode: 0o600 });
  for (const name of ["home", "state"]) await mkdir(join(path, name));
  await linkPackages(path);
  await file("Pulumi.yaml", project);
  await file("Pulumi.demo.yaml", stackConfig(emulator, join(path, "client")));
  await file("package.json", '{ "name": "demo", "private": true, "type": "module", "main": "index.ts" }\n');
  const env = environment(path, emulator);
  await file(
    "env.sh",
    Object.entries(env)
      .map(([name, value]) => `export ${name}='${value}'\n`)
      .join(""),
  );
  return {
    path,
    env,
    write: (program) => file("index.ts", program),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** Packages are linked one by one, since they may lie in different folders. */
async function linkPackages(path: string): Promise<void> {
  const folders = {
    "@coppice/components": new URL("..", import.meta.resolve("@coppice/components")),
    "@pulumi/pulumi": new URL(".", import.meta.resolve("@pulumi/pulumi")),
  };
  for (const [name, folder] of Object.entries(folders)) {
    const link = join(path, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(fileURLToPath(folder), link);
  }
}

/** The clusters as an engineer would configure them: references to secrets, and pinned keys. */
function stackConfig(emulator: Emulator, folder: string): string {
  const settings = providerSettings(emulator, writeClientFiles(emulator, { folder }));
  return `config:\n  coppice:clusters: ${JSON.stringify(JSON.stringify(settings))}\n`;
}

function environment(path: string, emulator: Emulator): Record<string, string> {
  return {
    PULUMI_HOME: join(path, "home"),
    PULUMI_BACKEND_URL: `file://${join(path, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_STACK: "demo",
    // `--event-log`, from which the progress is read, is a flag for debugging.
    PULUMI_DEBUG_COMMANDS: "true",
    DEMO_TOKEN: `${emulator.token.id}=${emulator.token.secret}`,
  };
}
