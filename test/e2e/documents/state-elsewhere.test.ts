import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeUnless } from "../describe-unless.ts";
import { DocumentsLab } from "./documents-lab.ts";
import { PostgresServer } from "./postgres-server.ts";

const classOf = (seats: number) => `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
seats: ${seats}
storage: nas
cloudInit: { user: student, password: { env: CLASS_PASSWORD } }
`;

const STACK = "organization/coppice-tenant/main";

const programs = await PostgresServer.programs();
const missing = programs === undefined ? "there is no PostgreSQL in /usr/lib/postgresql" : undefined;

/** State in a database, from the first order to the last; the tests stand on each other. */
describeUnless(missing, "state in PostgreSQL", { timeout: 240_000 }, () => {
  let server: PostgresServer;
  let lab: DocumentsLab;
  beforeAll(async () => {
    server = await PostgresServer.start(programs ?? "");
    lab = await DocumentsLab.start({
      PULUMI_BACKEND_URL: server.url,
      CLASS_PASSWORD: "a password of the class",
    });
    await lab.write("class.yaml", classOf(3));
  }, 60_000);
  afterAll(async () => {
    await lab.remove();
    await server.stop();
  });

  const locks = () => server.query("select key from pulumi_state where key like '%/locks/%.json'");
  const lock = async (host: string, pid: number) => {
    const said = { pid, username: "ada", hostname: host, timestamp: new Date().toISOString() };
    const data = Buffer.from(JSON.stringify(said)).toString("base64");
    const key = `states/.pulumi/locks/${STACK}/planted.json`;
    await server.query(`insert into pulumi_state (key, data) values ('${key}', '{"data":"${data}"}')`);
  };
  const succeeds = async (...args: readonly string[]) => {
    const { code, out, err } = await lab.run(...args);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(out + err).not.toContain(PostgresServer.password);
    return { out, err };
  };

  test("is told once to be guarded between computers by the engine's lock alone", async () => {
    const told = expect.stringContaining("between two computers the engine's own lock decides");
    expect((await succeeds("list")).err).toEqual(told);
    expect((await succeeds("list")).err).not.toEqual(told);
  });

  test("has what was made, and tells what drifted", async () => {
    await succeeds("up", "class.yaml", "--yes");
    expect((await succeeds("preview", "class.yaml")).out).toContain("LabClass lab on main stays as it is");
    expect((await succeeds("list")).out).toMatch(/^lab +LabClass +main +3 +0$/m);
    expect((await succeeds("show", "lab")).out).toMatch(/^seat-03 +20003 /m);
    expect((await succeeds("drift", "class.yaml")).out).toContain("is as it was applied");
  });

  test("has a history, which can be undone", async () => {
    await succeeds("reset", "class.yaml", "seat-02", "--yes");
    await lab.write("class.yaml", classOf(4));
    await succeeds("up", "class.yaml", "--yes");
    expect((await succeeds("history")).out).toMatch(
      /^1 .*LabClass lab added.*\n2 .*reset\.seat-02.*\n3 .*seats 3 → 4/m,
    );
    expect((await succeeds("undo", "1", "--yes")).out).toContain("1 seat is removed");
    expect(await lab.machines()).toHaveLength(3);
  });

  test("is looked at by reconcile, and before a cluster is taken out", async () => {
    expect((await succeeds("reconcile")).out).toContain("No strays");
    expect((await lab.run("cluster", "remove", "main", "--yes")).err).toContain(
      "LabClass lab (stack coppice-tenant/main)",
    );
  });

  test("is changed by one after the other of a computer's processes", async () => {
    await lab.write("five.yaml", classOf(5));
    const both = await Promise.all([1, 2].map(() => lab.run("up", "five.yaml", "--yes")));
    expect(both.map(({ code, out, err }) => ({ code, text: out + err }))).toMatchObject([
      { code: 0 },
      { code: 0 },
    ]);
    expect(await lab.machines()).toHaveLength(5);
  });

  test("goes on after engine and command were killed, whose lock nobody has to remove", async () => {
    await lab.write("eight.yaml", classOf(8));
    const child = lab.start(["up", "eight.yaml", "--yes"]);
    await new Promise((resolve) => {
      child.stderr?.on("data", (chunk: Buffer) => {
        if (/making the disks/.test(chunk.toString())) resolve(undefined);
      });
    });
    process.kill(await enginePid(join(lab.folder, "home")), "SIGKILL");
    child.kill("SIGKILL");
    await once(child, "close");
    expect(await locks()).toHaveLength(1);
    await succeeds("up", "eight.yaml", "--yes");
    expect(await locks()).toEqual([]);
    expect(await lab.machines()).toHaveLength(8);
  });

  test("goes on after an engine that died on this computer before", async () => {
    const gone = spawn(process.execPath, ["--version"]);
    await once(gone, "close");
    await lock(hostname(), gone.pid ?? 0);
    await lab.write("three.yaml", classOf(3));
    await succeeds("up", "three.yaml", "--yes");
    expect(await locks()).toEqual([]);
  });

  test("is refused while another computer's engine has it, by who, where and since when", async () => {
    await lock("elsewhere", 77);
    await lab.write("class.yaml", classOf(4));
    const { code, out } = await lab.run("up", "class.yaml", "--yes");
    expect(code).toBe(1);
    expect(out).toMatch(
      /locked by another engine: ada on elsewhere \(process 77\) since .*\[stack\.locked\]/,
    );
    expect(out).not.toContain(PostgresServer.password);
    expect(await lab.machines()).toHaveLength(3);
    const [, typed = ""] = /`coppice (pulumi cancel [^`]*)`/.exec(out) ?? [];
    await succeeds(...typed.split(" "));
    await succeeds("up", "class.yaml", "--yes");
    expect(await lab.machines()).toHaveLength(4);
  });

  test("is not read with another passphrase, and the right one counts again afterwards", async () => {
    const other = { COPPICE_HOME: join(lab.folder, "other") };
    await lab.write("other/clusters/main.yaml", await lab.read("home/clusters/main.yaml"));
    const refused = await lab.runWith(other, "preview", "class.yaml");
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining("[engine.passphrase]") });
    await lab.write("other/passphrase", await lab.read("home/passphrase"));
    const { code, out } = await lab.runWith(other, "preview", "class.yaml");
    expect([code, out]).toEqual([0, expect.stringContaining("LabClass lab on main stays as it is")]);
    await rm(join(lab.folder, "other"), { recursive: true });
  });

  test("that cannot be reached is said without its password", async () => {
    const wrong = { PULUMI_BACKEND_URL: server.url.replace(/:\d+\/states/, ":1/states") };
    for (const args of [["list"], ["up", "class.yaml", "--yes"]]) {
      const { code, out, err } = await lab.runWith(wrong, ...args);
      expect(code).toBe(1);
      expect(out + err).toContain("connection refused");
      expect(out + err).not.toContain(PostgresServer.password);
    }
  });

  test("ends with the class", async () => {
    await succeeds("destroy", "lab", "--yes");
    expect(await lab.machines()).toEqual([]);
    await succeeds("cluster", "remove", "main", "--yes");
  });
});

/** The engine that works for whoever has the lease. */
async function enginePid(home: string): Promise<number> {
  const shared = join(home, "shared");
  const files = (await readdir(shared, { recursive: true })).filter((file) =>
    /leases\/.*\/\d+\.json$/.test(file),
  );
  const newest = files.sort((a, b) => fence(a) - fence(b)).at(-1) ?? "";
  const { engine } = JSON.parse(await readFile(join(shared, newest), "utf8")) as { engine: { pid: number } }; // as leases are
  return engine.pid;
}

function fence(file: string): number {
  return Number.parseInt(file.split("/").at(-1) ?? "", 10);
}
