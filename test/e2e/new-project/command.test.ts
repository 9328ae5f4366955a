import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EmulatedCluster, OrdinaryUser } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const coppice = fileURLToPath(new URL("../../../packages/cli/bin/coppice.js", import.meta.url));

describe("coppice new without rights, or with what cannot be", () => {
  let user: OrdinaryUser;
  let foreign: string;
  beforeAll(() => {
    user = OrdinaryUser.create();
    foreign = mkdtempSync(join(tmpdir(), "coppice-foreign-"));
    mkdirSync(join(foreign, "closed"), { mode: 0o500 });
  });
  afterAll(() => {
    user.remove();
    rmSync(foreign, { recursive: true });
  });

  const said = async (args: string): Promise<string> => {
    const failure = await user
      .type(`'${process.execPath}' '${coppice}' new ${args}`)
      .catch((error: unknown) => error);
    return failure instanceof Error ? failure.message.trim() : `it did not fail: ${String(failure)}`;
  };

  test("a folder that the user may not write into is told as that", async () => {
    const folder = join(foreign, "closed", "lab");
    expect(await said(`lab-class ${folder}`)).toBe(
      `coppice: The folder ${folder} cannot take a new project: this account has no right to it (EACCES). Name another folder [template.folder]`,
    );
  });

  test.each([
    ["lab-class lab --name 'My Class'", "Choose another name, for example my-class [template.name]"],
    [
      "lap-class lab",
      "Choose one of: lab-class; the folder comes after it, as in coppice new lab-class my-class [template.unknown]",
    ],
    [
      "lab-class lab --token-env X",
      "--token-env is given of a cluster without an address. Give --endpoint as well",
    ],
    ["lab-class lab --host-key pve1", "Write it as <node>=<value>."],
    ["lab-class lab --endpoint https://127.0.0.1:9 --token-env X", "[pve.connection]"],
  ])("%s ends with its reason, before a file is written", async (args, reason) => {
    expect(await said(args)).toContain(reason);
    expect(existsSync(join(user.home, "lab"))).toBe(false);
  });
});

/** Somebody at a terminal, who answers when asked. */
class Terminal {
  shown = "";
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(args: readonly string[], cwd: string) {
    const line = [process.execPath, coppice, ...args]
      .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
      .join(" ");
    this.#child = spawn("script", ["-qefc", line, "/dev/null"], { cwd });
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.shown += text;
    });
  }

  async answer(question: string, typed: string): Promise<void> {
    const from = this.shown.length;
    while (!this.shown.includes(question)) await once(this.#child.stdout, "data");
    this.#child.stdin.write(typed);
    while (this.shown.length === from) await once(this.#child.stdout, "data");
  }

  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, "exit");
    return this.#child.exitCode;
  }
}

describe("coppice new at a terminal", () => {
  let lab: EmulatedCluster;
  let folder: string;
  beforeAll(async () => {
    lab = await EmulatedCluster.start({ nodes: 1 });
    folder = mkdtempSync(join(tmpdir(), "coppice-terminal-"));
  });
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  test("asks for everything, shows what is to be compared, and never the token", async () => {
    const { url, token } = lab.emulator;
    const terminal = new Terminal(["new"], folder);
    await terminal.answer("Folder of the new project", "my-class\r");
    await terminal.answer("Name of the project", "\r");
    await terminal.answer("Address of any node", `${url}\r`);
    await terminal.answer("show the same?", "y\r");
    await terminal.answer("API token", `${token.id}=${token.secret}\r`);
    await terminal.answer("private key", "\r");
    expect(await terminal.ended(), terminal.shown).toBe(0);
    expect(terminal.shown).not.toContain(token.secret);
    expect(readFileSync(join(folder, "my-class", "pve-token"), "utf8")).toBe(`${token.id}=${token.secret}\n`);
    expect(readFileSync(join(folder, "my-class", "Pulumi.dev.yaml"), "utf8")).toMatch(
      /fingerprint: "(?:[0-9A-F]{2}:){31}[0-9A-F]{2}"\n +token:\n +file: "pve-token"\n$/,
    );
  }, 60_000);

  test("a node that is not reached is named, and a next try need not be told again what was answered", async () => {
    const { url, token, sshKey } = lab.emulator;
    writeFileSync(join(folder, "key"), sshKey.privateKey, { mode: 0o600 });
    const terminal = new Terminal(
      ["new", "lab-class", "it's mine", "--ssh-node", "pve1=127.0.0.1:1"],
      folder,
    );
    await terminal.answer("Name of the project", "mine\r");
    await terminal.answer("Address of any node", `${url}\r`);
    await terminal.answer("show the same?", "y\r");
    await terminal.answer("API token", `${token.id}=${token.secret}\r`);
    await terminal.answer("private key", "key\r");
    await terminal.answer("Who logs in", "\r");
    expect(await terminal.ended()).toBe(1);
    expect(terminal.shown).toContain("The node pve1 cannot be used over SSH at 127.0.0.1:1");
    const [, typed = ""] = /^ {2}\S*coppice\S* (new .*)$/m.exec(terminal.shown) ?? [];
    expect(typed).toMatch(/--name mine --endpoint \S+ --fingerprint \S+ --ssh-key \S+\/key\r?$/);
    expect(terminal.shown).not.toContain(token.secret);
    writeFileSync(join(folder, "token"), `${token.id}=${token.secret}\n`, { mode: 0o600 });
    const { port, hostKey } = lab.emulator.ssh.get("pve1") ?? {};
    const more = `--token-file token --ssh-node pve1=127.0.0.1:${port} --host-key 'pve1=${hostKey}'`;
    const line = `'${process.execPath}' '${coppice}' ${typed.trim()} ${more}`;
    await promisify(execFile)("sh", ["-c", line], { cwd: folder });
    expect(readFileSync(join(folder, "it's mine", "Pulumi.yaml"), "utf8")).toMatch(/^name: mine$/m);
  }, 60_000);

  test("Ctrl-C at a question leaves nothing behind", async () => {
    const terminal = new Terminal(["new", "lab-class", "left"], folder);
    await terminal.answer("Name of the project", "\u0003");
    expect(await terminal.ended()).toBe(130);
    expect(readdirSync(folder)).not.toContain("left");
  }, 60_000);
});
