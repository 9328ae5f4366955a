import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

let lab: EmulatedCluster;
let folder: string;
beforeAll(async () => {
  lab = await EmulatedCluster.start({ nodes: 1, timeScale: 5 });
  folder = mkdtempSync(join(tmpdir(), "coppice-typed-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

/** The block of shell lines of a page that says something. */
function blockOf(page: string, saying: string): string {
  const blocks = markdownPages().flatMap(snippetsOf);
  const found = blocks.find(
    ({ path, code, language }) => path === page && language === "sh" && code.includes(saying),
  );
  if (found === undefined) throw new Error(`${page} has no block that says ${saying}`);
  return found.code;
}

/** Types lines in a folder; throws with what they printed when one fails. */
async function type(lines: string, path: string): Promise<string> {
  const { token } = lab.emulator;

  const env = {
    PATH: process.env["PATH"],
    // The engine that was found or built lies there.
    HOME: process.env["HOME"],
    PULUMI_HOME: join(folder, "pulumi"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "typed",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PVE_TOKEN: `${token.id}=${token.secret}`,
  };
  const script = lines.replaceAll("https://pve1.example.org:8006", lab.emulator.url);
  return (await promisify(execFile)("sh", ["-ec", script], { cwd: path, env, timeout: 120_000 })).stdout;
}

test("the README's lines make a project, find a cluster and deploy a class, typed as they stand", async () => {
  const ca = join(folder, "ca.pem");
  writeFileSync(ca, lab.emulator.ca);
  // What npm installs is tested with the packed packages; two machines show as much as 25.
  const instead = `ln -s ../node_modules node_modules && cp ${ca} pve-root-ca.pem && sed -i 's/seats: 25/seats: 2/' index.ts`;
  const printed = await type(blockOf("README.md", "cluster check").replace("npm install", instead), folder);
  expect(printed).toMatch(/^ok {7}VM\.Allocate on \/vms$/m);
  expect(printed).toMatch(/^ {4}2 seats are made: seat-01, seat-02 as 20001, 20002 on pve1$/m);
  expect(await lab.shell("pve1", "qm list")).toMatch(/^ +20002 networks-101-seat-02 +running /m);
}, 240_000);

test("with the lines of the page on permissions SSH is there too", async () => {
  const { sshKey, ssh } = lab.emulator;
  const { port = 0, hostKey = "" } = ssh.get("pve1") ?? {};
  const project = join(folder, "my-class");
  writeFileSync(join(project, "coppice-key"), sshKey.privateKey, { mode: 0o600 });
  // An emulated node has no port 22.
  const address = { "pve1.host": "127.0.0.1", "pve1.port": port };
  const lines = Object.entries(address).map(
    ([key, value]) =>
      `coppice pulumi config set --path coppice:clusters.main.ssh.nodes.${key} ${value}\n`,
  );
  const block = blockOf("docs/guides/permissions.md", "ssh.hostKeys").replace("ssh-ed25519 AAAA…", hostKey);
  const printed = await type(`${block}${lines.join("")}coppice cluster check --storage nas`, project);
  expect(printed).toMatch(/\nEverything is there\n$/);
}, 240_000);
