import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Api } from "./api.ts";
import { EmulatorProcess } from "./emulator-process.ts";

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-emulator-command-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every process that has this one among its ancestors. */
function descendants(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): [number, number][] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]];
      } catch {
        return []; // It ended while the list was read.
      }
    });
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

describe("coppice emulator", () => {
  test("answers at the printed places with the printed files, and Ctrl-C leaves nothing", async () => {
    const emulator = await EmulatorProcess.start();
    const api = new Api(emulator);
    expect(await api.call("GET", "/version")).toMatchObject({ release: "9.2" });
    const [program = "", ...args] = emulator.field("SSH").split(" ");
    const { stdout } = await run(program, ["-o", "BatchMode=yes", ...args, "qm list; hostname"]);
    expect(stdout).toMatch(/9000 template-9000[\s\S]*\npve1\n$/);
    const inside = descendants(emulator.pid);
    expect(inside.length).toBeGreaterThan(0);
    api.close();
    expect(await emulator.end("SIGINT")).toBe(0);
    expect(existsSync(emulator.field("data"))).toBe(false);
    expect(inside.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });

  test("secrets are in files that only their owner reads", async () => {
    const emulator = await EmulatorProcess.start("--nodes", "1");
    const modes = ["token file", "SSH key file"].map((name) => statSync(emulator.field(name)).mode & 0o777);
    await emulator.end("SIGTERM");
    expect(modes).toEqual([0o600, 0o600]);
  });

  test("takes release, nodes, seed, latency and a clock that stands still", async () => {
    const seed = join(folder, "lab.yaml");
    writeFileSync(seed, "bare: true\npools:\n  - poolid: lab\n");
    const flags = ["--pve", "8.4", "--nodes", "2", "--seed", seed, "--latency", "none", "--clock", "virtual"];
    const emulator = await EmulatorProcess.start(...flags);
    const api = new Api(emulator);
    try {
      expect(await api.call("GET", "/version")).toMatchObject({ release: "8.4" });
      expect(await api.call("GET", "/nodes")).toHaveLength(2);
      expect(await api.call("GET", "/pools")).toEqual([{ poolid: "lab" }]);
      const time = async () => await api.call("GET", "/nodes/pve1/time");
      const before = await time();
      expect(await time()).toEqual(before);
      const [url = "", ...authorization] = emulator.field("control").split(" ");
      const headers = { authorization: authorization.slice(1).join(" ") };
      const moved = await fetch(`${url}/clock`, { method: "POST", headers, body: '{"ms":60000}' });
      expect(moved.status).toBe(200);
      expect(await time()).not.toEqual(before);
    } finally {
      api.close();
      await emulator.end();
    }
  });
});

describe("coppice emulator refuses in one line", () => {
  async function refusal(args: readonly string[], before: readonly string[] = []): Promise<string> {
    const { code, stdout, stderr } = await EmulatorProcess.refused(["--nodes", "1", ...args], before);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    return stderr;
  }

  test.each(["--port", "--ssh-port", "--control-port"])("a port in use for %s", async (option) => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = String(typeof address === "object" ? address?.port : address);
    const others = option === "--port" ? [] : ["--port", "0"];
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("coppice-emulator-"));
    expect(await refusal([...others, option, port])).toContain(`coppice: port ${port} is in use`);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith("coppice-emulator-"));
    expect(
      after
        .filter((name) => !before.includes(name))
        .filter((name) => existsSync(join(tmpdir(), name, "client"))),
    ).toEqual([]);
    server.close();
  });

  test("a folder that cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(await refusal(["--port", "0", "--data", join(file, "below")])).toMatch(
      /coppice: .*file\S* cannot be written: a part of its path is a file/,
    );
    expect(await refusal(["--port", "0", "--data", "/proc/coppice"])).toMatch(
      /coppice: \/proc\/coppice cannot be written/,
    );
  });

  test("a folder in use, and one made with other options", async () => {
    const data = join(folder, "held");
    const first = await EmulatorProcess.start("--nodes", "1", "--data", data);
    expect(await refusal(["--port", "0", "--data", data])).toContain(
      `the folder ${data} is in use: process ${first.pid} runs`,
    );
    await first.end();
    expect(await refusal(["--port", "0", "--data", data, "--pve", "8.4"])).toContain(
      "it holds a cluster with release 9.2, not 8.4",
    );
  });

  test("a mistake in a seed", async () => {
    const seed = join(folder, "wrong.yaml");
    writeFileSync(seed, "guests:\n  - vmid: 100\n    node: pve1\n    core: 2\n");
    expect(await refusal(["--port", "0", "--seed", seed])).toBe(
      `coppice: ${seed}:4:11: 'core' is no option of a guest: did you mean 'cores'? [emulator.seed]\n`,
    );
  });

  test("two ways to run the clock", async () => {
    expect(await refusal(["--clock", "virtual", "--time-scale", "10"])).toContain("exclude each other");
  });

  test.for(["qemu-img", "sshd"])("a machine without %s", async (program, { skip }) => {
    skip(!isRoot, "hiding a program needs root");
    const { stdout } = await run("sh", [
      "-c",
      `PATH=$PATH:/usr/sbin:/sbin; readlink -f "$(command -v ${program})"`,
    ]);
    const hide = [
      "unshare",
      "--mount",
      "sh",
      "-c",
      `mount --bind /dev/null '${stdout.trim()}' && exec "$@"`,
      "sh",
    ];
    expect(await refusal(["--port", "0"], hide)).toContain(`the program '${program}' was not found`);
  });

  test("a machine that makes no mount namespaces", async ({ skip }) => {
    skip(!isRoot, "taking a right away needs root");
    const without = ["setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"];
    expect(await refusal(["--port", "0"], without)).toMatch(
      /the nodes' shells cannot be set up: unshare: .*Operation not permitted/,
    );
  });
});
