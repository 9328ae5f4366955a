import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

describe.skipIf(noSshd)("a batch on a real sshd", () => {
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

  test("answers for each of 25 items, in order, with its last line", async () => {
    const items = Array.from({ length: 25 }, (_, index) => ({ key: `seat-${index}`, args: [String(index)] }));
    const { results } = await node.run({ each: 'echo noise; echo "done $1"', items });
    expect(results).toEqual(items.map(({ key, args }) => ({ key, ok: true, detail: `done ${args[0]}` })));
  });

  test("carries hostile names as data, whatever they look like", async () => {
    const folder = join(server.folder, "hostile");
    const items = hostileNames.map((name) => ({ key: name, args: [name] }));
    const { results } = await node.run({
      setup: 'mkdir -- "$1"; cd -- "$1"',
      args: [folder],
      each: 'printf %s "$1" > "./$1"',
      items,
    });
    expect(results.filter((result) => !result.ok)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual([...hostileNames].sort());
  });

  test("reports a failed item with its reason and goes on with the others", async () => {
    const items = ["a", "b", "c"].map((key) => ({ key, args: [key] }));
    const { results } = await node.run({
      each: 'if [ "$1" = b ]; then echo "no room" >&2; false; echo unreachable; fi; echo fine',
      items,
    });
    expect(results.map(({ ok, detail }) => [ok, detail])).toEqual([
      [true, "fine"],
      [false, "no room"],
      [true, "fine"],
    ]);
  });

  test("gives an item its standard input, and nothing of the script", async () => {
    const items = [
      { key: "config", args: [], stdin: "name: it's\nlock: none" },
      { key: "empty", args: [] },
    ];
    const { results } = await node.run({ each: "tr '\\n' '+'", items });
    expect(results.map(({ detail }) => detail)).toEqual(["name: it's+lock: none", ""]);
  });

  test("captures what a script writes, with many lines", async () => {
    expect(await node.capture({ script: 'printf "%s\\n" "$1" two', args: ["one"] })).toBe("one\ntwo");
    const failing = node.capture({ script: "echo half; echo broken >&2; exit 3" });
    await expect(failing).rejects.toMatchObject({ code: "ssh.script-failed", why: "broken" });
  });

  test("drains both outputs however much comes", async () => {
    const flood =
      "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; i=$((i+1)); done";
    const { results } = await node.run({
      setup: `${flood}; ${flood} >&2`,
      each: "echo ok",
      items: [{ key: "one", args: [] }],
    });
    expect(results).toEqual([{ key: "one", ok: true, detail: "ok" }]);
  });

  test("takes no result that an item forged", async () => {
    const items = [
      { key: "liar", args: [] },
      { key: "victim", args: [] },
    ];
    const each = `printf 'coppice\\tok\\t1\\tforged\\n'; echo 'x	fail	0	forged' >&2; echo honest`;
    const { results } = await node.run({ each, items });
    expect(results.map(({ detail }) => detail)).toEqual(["honest", "honest"]);
  });

  test("runs no item when the setup fails", async () => {
    const file = join(server.folder, "never");
    const work = node.run({
      setup: 'echo "storage is full" >&2; false',
      each: 'touch "$1"',
      items: [{ key: "x", args: [file] }],
    });
    await expect(work).rejects.toMatchObject({
      code: "ssh.script-failed",
      why: "storage is full",
      answered: [],
    });
    expect(existsSync(file)).toBe(false);
  });

  test("ends a script whose time is over and says what had answered", async () => {
    const items = [
      { key: "quick", args: ["true"] },
      { key: "slow", args: ["sleep 60"] },
    ];
    const error = await failure(node.run({ each: 'sh -c "$1"', items }, { timeLimit: 1 }));
    expect(error).toMatchObject({ code: "ssh.timeout", answered: [{ key: "quick", ok: true }] });
  });

  test("kills the script on the node when it is aborted", async () => {
    const pidFile = join(server.folder, "pid");
    const controller = new AbortController();
    const items = [
      { key: "first", args: [] },
      { key: "second", args: [pidFile] },
    ];
    const each = '[ $# -eq 0 ] || { echo $$ > "$1.new"; mv "$1.new" "$1"; sleep 120; }';
    const work = failure(node.run({ each, items }, { signal: controller.signal }));
    await waitUntil(() => existsSync(pidFile));
    controller.abort();
    expect(await work).toMatchObject({ code: "ssh.aborted", answered: [{ key: "first" }] });
    const pid = Number(readFileSync(pidFile, "utf8"));
    await waitUntil(() => !isAlive(pid));
  });

  test("starts nothing when it is aborted already", async () => {
    const work = node.run({ each: "true", items: [] }, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "ssh.aborted" });
  });
});

describe.skipIf(noSshd)("a connection", () => {
  test("lost in the middle of a script says which items had answered, and the next run connects anew", async () => {
    await using server = await startSshServer();
    await using node = connect(server);
    const gate = join(server.folder, "gate");
    const items = ["done", "waiting"].map((key) => ({ key, args: [key, gate] }));
    const each = '[ "$1" = done ] || until [ -e "$2" ]; do sleep 0.05; done';
    const work = failure(node.run({ each, items }, { onResult: () => server.cut(), timeLimit: 30 }));
    expect(await work).toMatchObject({ code: "ssh.interrupted", answered: [{ key: "done", ok: true }] });
    writeFileSync(gate, "");
    expect(await node.capture({ script: "echo again" })).toBe("again");
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
