import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Emulator, providerSettings, startEmulator, writeClientFiles } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const classOn = (cluster: string, seats = 2) => `\
kind: LabClass
version: 1
name: class-${cluster}
cluster: ${cluster}
template: { vmid: 9000 }
seats: ${seats}
storage: nas
vmids: { from: 20000, to: 20099 }
`;

/** Two clusters of one home; the tests stand on each other. */
describe("registered clusters", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  let south: Emulator;
  let folder: string;
  let tokenFile: string;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    south = await startEmulator({ nodes: 1, timeScale: 5 });
    folder = await mkdtemp(join(tmpdir(), "coppice-south-"));
    const files = writeClientFiles(south, { folder });
    tokenFile = files.token;
    const { main } = providerSettings(south, files, { bulk: true });
    // JSON is YAML.
    const document = JSON.stringify({ kind: "Cluster", version: 1, name: "south", ...main });
    await lab.write("home/clusters/south.yaml", document);
  }, 60_000);
  afterAll(async () => {
    await lab.remove();
    await south.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const inSouth = async () => {
    const { stdout } = await south.shell("pve1", "qm list");
    return [...stdout.matchAll(/^ +(20\d{3}) (\S+)/gm)].map(([, vmid, name]) => `${vmid} ${name}`);
  };
  const numbersOf = (machines: readonly string[]) => machines.map((machine) => machine.split(" ")[0]);

  test("of equal numbers do not mix: classes of both are made at once, and one is destroyed", async () => {
    await lab.write("classes/main.yaml", classOn("main"));
    await lab.write("classes/south.yaml", classOn("south"));
    const { code, err } = await lab.run("up", "classes", "--yes");
    expect({ code, err }).toMatchObject({ code: 0 });
    const made = await lab.machines();
    expect(made).toHaveLength(2);
    expect(numbersOf(await inSouth())).toEqual(numbersOf(made));
    expect((await inSouth()).join()).toContain("class-south");
    expect((await lab.run("destroy", "classes/south.yaml", "--yes")).code).toBe(0);
    expect(await inSouth()).toEqual([]);
    expect(await lab.machines()).toEqual(made);
  });

  test("are kept while their stacks hold machines", async () => {
    const { code, err } = await lab.run("cluster", "remove", "main", "--yes");
    expect(err).toMatch(/LabClass class-main \(stack coppice-tenant\/main\).*\[cluster\.in-use\]/s);
    expect(code).toBe(1);
  });

  test("that do not answer are no ground to say that all is well, though nothing is declared otherwise", async () => {
    expect((await lab.run("preview", "classes/main.yaml")).code).toBe(0);
    const file = join(lab.folder, "home/clusters/main.yaml");
    const entry = await readFile(file, "utf8");
    await writeFile(file, entry.replace(/"token":(?:"[^"]*"|\{[^}]*\})/, '"token":{"env":"WRONG_TOKEN"}'));
    const unset = await lab.run("preview", "classes/main.yaml");
    expect([unset.code, unset.out]).toEqual([1, expect.stringContaining("WRONG_TOKEN is not set")]);
    const wrong = await lab.runWith(
      { WRONG_TOKEN: "root@pam!none=00000000-0000-0000-0000-000000000000" },
      "preview",
      "classes/main.yaml",
    );
    expect([wrong.code, wrong.out]).toEqual([
      1,
      expect.stringMatching(
        /token root@pam!none from the environment variable WRONG_TOKEN is refused by the cluster 'main' at https:\S+: .*\[pve\.unauthorized\]/,
      ),
    ]);
    expect(wrong.out).not.toContain("00000000-0000");
    await writeFile(file, entry);
  });

  test("are not taken out where nobody can be asked", async () => {
    await lab.run("destroy", "classes/main.yaml", "--yes");
    const { code, err } = await lab.run("cluster", "remove", "main");
    expect([code, err]).toEqual([1, expect.stringContaining("[command.unasked]")]);
    expect((await lab.run("up", "classes/main.yaml", "--yes")).code).toBe(0);
  });

  test("get a new token while a run goes on, which sees no failed call", async () => {
    const before = await readFile(tokenFile, "utf8");
    await lab.write("classes/south.yaml", classOn("south", 25));
    const up = lab.start(["up", "classes/south.yaml", "--yes"]);
    const [out, err] = [up.stdout, up.stderr].map((pipe) => (pipe === null ? "" : text(pipe)));
    // Its engine is at work when the first machine is there.
    while (up.exitCode === null && (await inSouth()).length === 0) await south.shell("pve1", "sleep 0.1");
    const rotated = await lab.run("cluster", "rotate-token", "south");
    if (up.exitCode === null) await once(up, "close");
    expect({ code: up.exitCode, out: await out, err: await err }).toMatchObject({ code: 0 });
    expect(rotated).toMatchObject({ code: 0, out: expect.stringContaining("is removed") });
    expect(await readFile(tokenFile, "utf8")).not.toBe(before);
    expect(await inSouth()).toHaveLength(25);
    expect((await lab.run("destroy", "classes", "--yes")).code).toBe(0);
    expect((await lab.run("cluster", "remove", "south", "--yes")).code).toBe(0);
  });
});
