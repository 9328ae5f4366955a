import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noSshd, type SshServer, startSshServer } from "../fixtures/ssh-server.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { SshError } from "./ssh-error.ts";
import { SshNode } from "./ssh-node.ts";

if (noSshd) console.warn(`SSH tests are left out: ${noSshd}`);

const hostileNames = [
  "seat one",
  "it's",
  '"quoted"',
  "$(touch pwned)",
  "`touch pwned`",
  "semi;touch pwned",
  "-rf",
  "tab\there",
  "new\nline",
  "日本語",
  "*",
  "a&b|c>d",
  "back\\slash",
];

describe.skipIf(noSshd)("a script on a real sshd", () => {
  let server: SshServer;
  let node: SshNode;

  beforeAll(async () => {
    server = await startSshServer();
    node = connect(server);
  });

  afterAll(async () => {
    await node.close();
    await server[Symbol.asyncDispose]();
  });

  test("hands on each line as it comes, while it still runs", async () => {
    const gate = join(server.folder, "answered");
    const lines: string[] = [];
    const script = 'echo "go on"; until [ -e "$1" ]; do sleep 0.02; done; echo gone on';
    const onLine = (line: string) => {
      lines.push(line);
      if (line === "go on") writeFileSync(gate, "");
    };
    await node.run({ script, args: [gate] }, onLine, { timeLimit: 20 });
    expect(lines).toEqual(["go on", "gone on"]);
  });

  test("carries hostile names as data, whatever they look like", async () => {
    const folder = join(server.folder, "hostile");
    const script =
      'mkdir -- "$1"; cd -- "$1"; shift; for name in "$@"; do printf %s "$name" > "./$name"; done';
    await node.capture({ script, args: [folder, ...hostileNames] });
    expect(readdirSync(folder).sort()).toEqual([...hostileNames].sort());
  });

  test("may be a Perl program with its data behind it, longer than a pipe holds", async () => {
    const data = Array.from({ length: 20_000 }, (_, index) => `it's line ${index}\n`).join("");
    const perl = `my @lines = <DATA>; print scalar(@lines), " $lines[-1]";\n__END__\n${data}`;
    expect(await node.capture({ perl })).toBe("20000 it's line 19999");
  });

  test("is captured exactly, without its last newlines", async () => {
    const script = 'printf "%s\\n\\n two \\n\\n" "$1"';
    expect(await node.capture({ script, args: ["one"] })).toBe("one\n\n two ");
    expect(await node.capture({ script: "printf 'no newline'" })).toBe("no newline");
    expect(await node.capture({ script: "cat" })).toBe("");
  });

  test.each([
    ["says so at once where a command fails", "echo half; echo broken >&2; false; echo on", "broken"],
    ["has its exit code for a reason where it says nothing", "exit 3", "its exit code is 3"],
    ["is not taken for one whose time was over", "exit 124", "its exit code is 124"],
    ["is not taken for one either that somebody killed", "kill -9 $$", "Killed"],
  ])("%s", async (_, script, why) => {
    expect(await failure(node.capture({ script }))).toMatchObject({ code: "ssh.script-failed", why });
  });

  test("is drained on both outputs however much comes", async () => {
    const flood = 'i=0; while [ $i -lt 3000 ]; do printf "%070d\\n" "$i"; i=$((i+1)); done';
    const lines: string[] = [];
    await node.run({ script: `${flood} >&2; ${flood}` }, (line) => lines.push(line));
    expect([lines.length, lines.at(-1)]).toEqual([3000, "2999".padStart(70, "0")]);
  });

  test("is ended when it writes without end", async () => {
    const error = await failure(node.capture({ script: "yes 'a line' | tr -d '\\n'" }));
    expect(error).toMatchObject({ code: "ssh.script-failed", why: "it wrote more than 16777216 bytes" });
  });

  test("is ended when its time is over; what it had said stands", async () => {
    const lines: string[] = [];
    const script = "echo quick; sleep 60; echo slow";
    const error = await failure(node.run({ script }, (line) => lines.push(line), { timeLimit: 1 }));
    expect([error.code, error.why, lines]).toEqual(["ssh.timeout", "it had written 1 line", ["quick"]]);
  });

  test("is killed on the node when it is aborted", async () => {
    const controller = new AbortController();
    let pid = 0;
    const onLine = (line: string) => {
      pid = Number(line);
      controller.abort();
    };
    const work = node.run({ script: 'sh -c "echo \\$\\$; exec sleep 120"' }, onLine, controller);
    expect(await failure(work)).toMatchObject({ code: "ssh.aborted", why: "it had written 1 line" });
    expect(pid).toBeGreaterThan(1);
    await waitUntil(() => !isAlive(pid));
  });

  test("is not started when it is aborted already", async () => {
    const file = join(server.folder, "never");
    const work = node.capture({ script: 'touch "$1"', args: [file] }, { signal: AbortSignal.abort() });
    expect(await failure(work)).toMatchObject({ code: "ssh.aborted" });
    expect(existsSync(file)).toBe(false);
  });

  test("runs to its end when the one who listens fails, and the connection serves on", async () => {
    const file = join(server.folder, "ended");
    const onLine = () => {
      throw new RangeError("the listener's own");
    };
    const work = node.run({ script: 'echo one; echo two; touch "$1"', args: [file] }, onLine);
    await expect(work).rejects.toThrow(new RangeError("the listener's own"));
    expect(existsSync(file)).toBe(true);
    expect(await node.capture({ script: "echo again" })).toBe("again");
  });
});

describe.skipIf(noSshd)("a connection", () => {
  test("lost in the middle of a script leaves what it had said, and the next run connects anew", async () => {
    await using server = await startSshServer();
    await using node = connect(server);
    const gate = join(server.folder, "gate");
    const script = 'echo done; until [ -e "$1" ]; do sleep 0.05; done; echo waiting';
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      server.cut();
    };
    const error = await failure(node.run({ script, args: [gate] }, onLine, { timeLimit: 30 }));
    expect([error.code, error.why, lines]).toEqual(["ssh.interrupted", "it had written 1 line", ["done"]]);
    writeFileSync(gate, "");
    expect(await node.capture({ script: "echo again" })).toBe("again");
  });

  test("carries a script's own lines only, whatever a .bashrc writes before them", async () => {
    await using server = await startSshServer({ before: "echo welcome; printf 'and half a line'" });
    await using node = connect(server);
    expect(await node.capture({ script: "echo one; echo two" })).toBe("one\ntwo");
  });

  test("is given up where a .bashrc writes without end", async () => {
    await using server = await startSshServer({ before: "yes" });
    await using node = connect(server);
    const error = await failure(node.capture({ script: "echo one" }));
    expect(error).toMatchObject({ why: "it wrote more than 16777216 bytes" });
  });

  test("waits for a channel where the server allows only one session", async () => {
    await using server = await startSshServer({ maxSessions: 1 });
    await using node = connect(server);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => node.capture({ script: 'echo "$1"', args: [String(n)] })),
    );
    expect(answers).toEqual(["1", "2", "3", "4", "5"]);
  });
});

function connect(server: SshServer): SshNode {
  const { port, user, fingerprint, keyFile } = server;
  return new SshNode({ host: "127.0.0.1", port, user, hostKey: { fingerprint }, auth: { keyFile } });
}

async function failure(work: Promise<unknown>): Promise<SshError> {
  const error = await work.then(
    () => new Error("nothing failed"),
    (reason: unknown) => reason,
  );
  if (SshError.is(error)) return error;
  throw error;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
