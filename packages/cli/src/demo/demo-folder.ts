import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ClientFiles, type Emulator, providerSettings, writeClientFiles } from "@coppice/emulator";

/** A Pulumi project in a temporary folder, with home, state and passphrase of its own: nothing of the user's is touched. */
export interface DemoFolder {
  readonly path: string;
  /** What commands on the project need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the program. */
  write(program: string): Promise<void>;
  /** Replaces a file of documents. */
  writeDocuments(name: string, documents: string): Promise<void>;
  remove(): Promise<void>;
}

/** The stack in which `coppice` keeps what documents make on `main`: document and program are one class. */
const project = `name: coppice-tenant
description: A class of 25 machines on the emulator
runtime:
  name: nodejs
  options:
    # Node 24 runs TypeScript itself.
    typescript: false
plugins:
  providers:
    - name: coppice
      path: plugin
`;

/** Makes the folder; the stack's configuration leads to the emulator. */
export async function makeDemoFolder(emulator: Emulator): Promise<DemoFolder> {
  const path = await mkdtemp(join(tmpdir(), "coppice-demo-"));
  const file = (name: string, text: string) => writeFile(join(path, name), text, { mode: 0o600 });
  for (const name of ["home", "state", "coppice/clusters"])
    await mkdir(join(path, name), { recursive: true });
  await linkPackages(path);
  const files = writeClientFiles(emulator, { folder: join(path, "client") });
  await file("Pulumi.yaml", project);
  await file("Pulumi.main.yaml", stackConfig(emulator, files));
  await file("coppice/clusters/main.yaml", clusterDocument(emulator, files));
  await file("package.json", '{ "name": "demo", "private": true, "type": "module", "main": "index.ts" }\n');
  const env = environment(path);
  const variables = { ...env, DEMO: path, DEMO_URL: emulator.url };
  await file(
    "env.sh",
    lines(variables, (name, value) => `export ${name}='${value}'`),
  );
  await file(
    "client/curl",
    lines(curlOptions(emulator, files), (name, value) => `${name} = "${value}"`),
  );
  await file("client/ssh", sshConfig(emulator, files));
  return {
    path,
    env,
    write: (program) => file("index.ts", program),
    writeDocuments: file,
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

function lines(
  entries: Readonly<Record<string, string>>,
  line: (name: string, value: string) => string,
): string {
  return Object.entries(entries)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join("");
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
  const plugin = new URL("../bin/pulumi-resource-coppice.js", import.meta.resolve("@coppice/plugin"));
  await mkdir(join(path, "plugin"));
  await symlink(fileURLToPath(plugin), join(path, "plugin", "pulumi-resource-coppice"));
}

/** The clusters as an engineer would configure them: references to secrets, and pinned keys. */
function stackConfig(emulator: Emulator, files: ClientFiles): string {
  const settings = JSON.stringify(providerSettings(emulator, files));
  return `config:\n  coppice:clusters: ${JSON.stringify(settings)}\n`;
}

/** The same cluster as `coppice cluster add` registers it. JSON is YAML. */
function clusterDocument(emulator: Emulator, files: ClientFiles): string {
  const { main } = providerSettings(emulator, files);
  return `${JSON.stringify({ kind: "Cluster", version: 1, name: "main", ...main }, undefined, 2)}\n`;
}

/** So that the token is neither typed nor shown. */
function curlOptions({ token }: Emulator, { ca }: ClientFiles): Record<string, string> {
  return { cacert: ca, header: `Authorization: PVEAPIToken=${token.id}=${token.secret}` };
}

/** Every node by its name, with its pinned key. */
function sshConfig({ ssh }: Emulator, { sshKey, knownHosts }: ClientFiles): string {
  const nodes = [...ssh].map(([name, { port }]) => `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n`);
  const all = { User: "root", IdentityFile: sshKey, IdentitiesOnly: "yes", UserKnownHostsFile: knownHosts };
  return `${nodes.join("")}Host *\n${lines(all, (name, value) => `  ${name} ${value}`)}`;
}

function environment(path: string): Record<string, string> {
  return {
    COPPICE_HOME: join(path, "coppice"),
    PULUMI_HOME: join(path, "home"),
    PULUMI_BACKEND_URL: `file://${join(path, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_STACK: "main",
    // `--event-log`, from which the progress is read, is a flag for debugging.
    PULUMI_DEBUG_COMMANDS: "true",
  };
}
