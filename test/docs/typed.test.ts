import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmulatedCluster, OrdinaryUser } from "@coppice/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

let lab: EmulatedCluster;
let user: OrdinaryUser;
let project: string;
beforeAll(async () => {
  lab = await EmulatedCluster.start({ nodes: 1, timeScale: 5 });
  user = OrdinaryUser.create();
  project = join(user.home, "my-class");
}, 60_000);
afterAll(async () => {
  await lab.close();
  user.remove();
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

/** The README's lines as they are typed, without what it says beside them. */
function readmeLines(): string[] {
  const lines = blockOf("README.md", "cluster check").split("\n");
  return lines.map((line) => line.replace(/ +#.*$/, "").replace("~", user.home));
}

/** The next steps that `coppice new` printed. */
function stepsIn(printed: string): string[] {
  const [, block = ""] = /^The project .* Next:\n((?: {2}.*\n)+)/m.exec(printed) ?? [];
  return block
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
}

/** All blocks of shell lines of a page. */
function blocksOf(page: string): string[] {
  const all = markdownPages().flatMap(snippetsOf);
  return all.filter(({ path, language }) => path === page && language === "sh").map(({ code }) => code);
}

/** Types lines as an ordinary user who confirms what the engine asks. */
async function type(lines: string, cwd: string): Promise<string> {
  const { token, url } = lab.emulator;
  const env = { PULUMI_SKIP_CONFIRMATIONS: "true", PVE_TOKEN: `${token.id}=${token.secret}` };
  return await user.type(lines.replaceAll("https://pve1.example.org:8006", url), { cwd, env });
}

test("the README's lines make a project and deploy a class, typed as they stand by a user without rights", async () => {
  user.write("pve-root-ca.pem", lab.emulator.ca);
  // Two machines show as much as 25.
  const few = "npm install --prefer-offline && sed -i 's/seats: 25/seats: 2/' index.ts";
  const printed = await type(blockOf("README.md", "cluster check").replace("npm install", few), root);
  const steps = stepsIn(printed);
  expect(steps).toHaveLength(5);
  expect(readmeLines()).toEqual(expect.arrayContaining(steps));
  expect(printed).not.toContain("EBADENGINE");
  expect(printed).toMatch(/^ok {7}VM\.Allocate on \/vms$/m);
  expect(printed).toMatch(/^ {4}2 seats are made: seat-01, seat-02 as 20001, 20002 on pve1$/m);
  expect(await lab.shell("pve1", "qm list")).toMatch(/^ +20002 networks-101-seat-02 +running /m);
}, 300_000);

test("what must not be lost or seen is in files of the project that git ignores and others cannot read", async () => {
  expect(statSync(join(project, "passphrase")).mode & 0o777).toBe(0o600);
  expect(statSync(join(project, ".pulumi")).isDirectory()).toBe(true);
  const ignored = readFileSync(join(project, ".gitignore"), "utf8").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(["node_modules/", ".pulumi/", "passphrase", "pve-token"]));
  await user.type("test ! -e ~/.pulumi/credentials.json");
});

test("the state is found from any folder of the project", async () => {
  expect(await type("mkdir -p sub && cd sub && ~/.local/bin/coppice pulumi stack output", project)).toContain(
    "seat-02",
  );
}, 60_000);

test("the guide to the Automation API runs the stack from its program", async () => {
  const page = "docs/guides/automation-api.md";
  const program = markdownPages()
    .flatMap(snippetsOf)
    .find(({ path, language }) => path === page && language === "js");
  user.write("my-class/automate.mjs", program?.code ?? "");
  // By whatever Node the user has, which may be older than the project's own.
  const printed = await type(blocksOf(page)[0] ?? "", project);
  expect(printed).toMatch(/^planned: \{ same: 5 \}$/m);
  expect(printed).toContain("seats: [ 'seat-01', 'seat-02' ]");
}, 120_000);

test("the lines of the guide to troubleshooting do what they promise on a stack in order", async () => {
  const path = 'export PATH="$HOME/.local/bin:$PATH"\n';
  const printed = await type(`${path}${blocksOf("docs/guides/troubleshooting.md").join("")}`, project);
  expect(printed).toMatch(/^Pulumi engine +ok /m);
  expect(printed).toMatch(/^ {4}5 unchanged$/m);
}, 120_000);

test("with the lines of the page on permissions SSH is there too", async () => {
  const { sshKey, ssh } = lab.emulator;
  const { port = 0, hostKey = "" } = ssh.get("pve1") ?? {};
  writeFileSync(join(project, "coppice-key"), sshKey.privateKey, { mode: 0o644 });
  // An emulated node has no port 22.
  const address = { "pve1.host": "127.0.0.1", "pve1.port": port };
  const lines = Object.entries(address).map(
    ([key, value]) => `coppice pulumi config set --path coppice:clusters.main.ssh.nodes.${key} ${value}\n`,
  );
  const block = blockOf("docs/guides/permissions.md", "ssh.hostKeys").replace("ssh-ed25519 AAAA…", hostKey);
  const path = 'export PATH="$HOME/.local/bin:$PATH"\n';
  // The same for a token in a file: a path that is long enough looks like a secret to the engine.
  const [inVariable = ""] = /^.*token\.env.*$/m.exec(block) ?? [];
  const inFile = inVariable
    .replace("token.env", "token.file")
    .replace("PVE_TOKEN", "/srv/x9Kq/pve-4f8aZt2/mW7token");
  await type(`${path}${inFile}\ncoppice pulumi config rm --path coppice:clusters.main.token.file`, project);
  const printed = await type(`${path}${block}${lines.join("")}coppice cluster check --storage nas`, project);
  expect(printed).toMatch(/\nEverything is there\n$/);
}, 120_000);

test("the lines of the guide to pipelines make the class with a state elsewhere and no terminal", async () => {
  const [shown = "", done = ""] = blocksOf("docs/guides/pipelines.md");
  const destroy = "node_modules/.bin/coppice pulumi destroy --yes --skip-preview";
  await type(destroy, project);
  user.makeFolder("shared-state");
  const { token } = lab.emulator;
  const env = {
    PULUMI_BACKEND_URL: `file://${user.home}/shared-state`,
    PULUMI_CONFIG_PASSPHRASE: readFileSync(join(project, "passphrase"), "utf8").trim(),
    PVE_TOKEN: `${token.id}=${token.secret}`,
  };
  // That the lockfile is right shows without installing everything again.
  const checked = shown.replace("npm ci", "npm ci --dry-run --prefer-offline");
  expect(await user.type(checked, { cwd: project, env })).toContain("2 seats are made: seat-01, seat-02");
  expect(await user.type(done, { cwd: project, env })).toContain('"seat-02": {');
  expect(await user.type(destroy, { cwd: project, env })).toMatch(/- 5 deleted/);
}, 300_000);
