import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { containing, withoutText } from "../fixtures/containing.ts";
import { noPassword, noSshd, type SshServer, startSshServer, testPassword } from "../fixtures/ssh-server.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { firstSshContact } from "./first-ssh-contact.ts";
import type { HostKey } from "./host-key.ts";
import type { SshAuth } from "./ssh-auth.ts";
import { SshNode } from "./ssh-node.ts";

const otherFingerprint = `SHA256:${"A".repeat(43)}`;
const otherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA other";

describe.skipIf(noSshd)("connecting to a real sshd", () => {
  let server: SshServer;

  beforeAll(async () => {
    server = await startSshServer();
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  test.each(["fingerprint", "key"] as const)("accepts the pinned %s", async (kind) => {
    const pin = kind === "key" ? { key: server.hostKeyLine } : { fingerprint: server.fingerprint };
    expect(await answerOf(server, pin, { keyFile: server.keyFile })).toBe("let in");
  });

  test.each([{ fingerprint: otherFingerprint }, { key: otherKey }])(
    "refuses a host key that has changed: %o",
    async (pin) => {
      const work = answerOf(server, pin, { keyFile: server.keyFile });
      await expect(work).rejects.toMatchObject({
        code: "ssh.host-key",
        message: containing(
          `Node 'pve1' (${server.user}@127.0.0.1:${server.port}) shows another SSH host key than the pinned one: its fingerprint is ${server.fingerprint}`,
        ),
      });
    },
  );

  test.each(["MD5:00:11", "SHA256:short", ""])(
    "refuses the pin %j before it connects",
    async (fingerprint) => {
      await expect(answerOf(server, { fingerprint }, { keyFile: server.keyFile })).rejects.toMatchObject({
        code: "pve.settings",
      });
    },
  );

  test("a first contact shows the fingerprint that ssh-keygen prints", async () => {
    expect(await firstSshContact("127.0.0.1", server.port)).toBe(server.fingerprint);
  });

  test("a key that the node does not know is not let in", async () => {
    const work = answerOf(
      server,
      { fingerprint: server.fingerprint },
      { keyFile: join(server.folder, "stranger") },
    );
    await expect(work).rejects.toMatchObject({
      code: "ssh.authentication",
      message: containing(`Node 'pve1' (${server.user}@127.0.0.1:${server.port}) was not let in`),
    });
  });

  test("a key held by an agent is let in", async () => {
    const socket = join(server.folder, "agent");
    const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    try {
      await waitUntil(() => existsSync(socket));
      execFileSync("ssh-add", ["-q", server.keyFile], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: "ignore",
      });
      expect(await answerOf(server, { fingerprint: server.fingerprint }, { agent: socket })).toBe("let in");
    } finally {
      await ended(agent);
    }
  });

  test("nobody listening is a connection error that names the host", async () => {
    const gone = await startSshServer();
    await gone[Symbol.asyncDispose]();
    const node = new SshNode({
      host: "127.0.0.1",
      port: gone.port,
      hostKey: { fingerprint: gone.fingerprint },
      auth: { password: { value: "x" } },
    });
    await expect(node.capture({ script: "true" })).rejects.toMatchObject({
      code: "ssh.connection",
      message: containing("127.0.0.1"),
    });
  });
});

describe("logging in by password", () => {
  test("lets the right one in and the wrong one not, which no error shows", async ({ skip }) => {
    skip(noPassword !== undefined, noPassword);
    await using server = await startSshServer({ password: true });
    const pin = { fingerprint: server.fingerprint };
    expect(await answerOf(server, pin, { password: { value: testPassword } })).toBe("let in");
    const wrong = answerOf(server, pin, { password: { value: "battery staple" } });
    await expect(wrong).rejects.toMatchObject({
      code: "ssh.authentication",
      message: withoutText("battery"),
    });
  });
});

async function answerOf(server: SshServer, hostKey: HostKey, auth: SshAuth): Promise<string> {
  await using node = new SshNode({
    node: "pve1",
    host: "127.0.0.1",
    port: server.port,
    user: server.user,
    hostKey,
    auth,
  });
  return await node.capture({ script: "echo let in" });
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await exit;
}
