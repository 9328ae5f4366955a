import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "./class-stack.ts";
import { type Wish, want, wishedClass } from "./wished-class.ts";

const images = "/mnt/pve/nas/images";

/** A class, and the strays that appear around it; the tests stand on each other. */
describe("coppice reconcile and coppice overlay flatten", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 2, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "lab-class", program: wishedClass });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  async function up(wish: Wish): Promise<void> {
    want(stack, wish);
    await stack.succeeds("up", "--yes");
  }

  async function reconcile(...more: string[]) {
    const { code, stdout, stderr } = await stack.coppice("reconcile", ...more);
    return { code, said: stdout + stderr };
  }

  const shell = async (script: string) => {
    const { code, stdout, stderr } = await emulator.shell("pve1", script);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };

  test("find nothing in a healthy class, nor after a publication", async () => {
    const healthy = { code: 0, said: "No strays: states and cluster say the same.\n" };
    await up({ seats: 3, teacher: true });
    expect(await reconcile()).toEqual(healthy);
    const publish = { generation: 2, from: "teacher", policyOf: { "seat-01": "defer" } };
    // The list of guests goes on saying of the new template that it is a machine, as it does for ten seconds.
    const late = emulator.control.faults.add({ effect: { kind: "stale-metrics" } });
    await up({ seats: 3, teacher: true, publish });
    expect(await reconcile("--stack", "test")).toEqual(healthy);
    emulator.control.faults.remove(late);
    const policyOf = { "seat-01": "keep", "seat-02": "keep", "seat-03": "keep" };
    await up({ seats: 3, teacher: true, publish: { ...publish, generation: 3, policyOf } });
    expect(await reconcile()).toEqual(healthy);
  });

  test("find a machine without state, a state without machine and a stray volume, with exit code 2", async () => {
    const exported = await stack.printedBy("stack", "export");
    await shell(
      `mkdir ${images}/20050 && cp $(ls ${images}/20003/vm-20003-disk-*.qcow2 | tail -n 1) ${images}/20050/vm-20050-disk-0.qcow2`,
    );
    await emulator.shell("pve2", "qm destroy 20002 --purge");
    await emulator.shell("pve1", "qm destroy 20002 --purge");
    const file = join(stack.folder, "without.json");
    await writeFile(
      file,
      exported.replaceAll(/"seat-03": \{[^}]*"vmid": \d+[^}]*\},?/g, "").replaceAll(/,(\s*\})/g, "$1"),
    );
    await stack.succeeds("stack", "import", "--file", file);
    await emulator.control.tellStatus();
    const { code, said } = await reconcile();
    expect(code).toBe(2);
    expect(said).toMatch(/^machine +Machine 20003 'lab-seat-03' on pve\d carries the mark of 'seat-03'/m);
    expect(said).toMatch(
      /^state +Machine 20002 of seat 'seat-02' of class 'lab' in the state of lab-class\/test is not there/m,
    );
    expect(said).toMatch(
      /^volume +Number 20050 has an image folder with vm-20050-disk-0\.qcow2 on storage 'nas'/m,
    );
    expect(said).toMatch(/\n3 strays found\. Nothing was changed\.\n$/);
    const { strays } = JSON.parse((await reconcile("--json")).said) as { strays: { kind: string }[] }; // as printed above
    expect(strays.map(({ kind }) => kind)).toEqual(["machine", "state", "volume"]);
  });

  test("say of a machine how it leaves its base, and do it when told to", async () => {
    const asked = await stack.coppice("overlay", "flatten", "main", "20001");
    expect(asked.stdout).toMatch(/scsi0, .*: copied out of template 9000, as raw and back to qcow2 on nas$/m);
    expect(asked.stdout).toMatch(/^Say --yes where nobody can be asked\.\nNothing was changed\.$/m);
    expect(asked.code).toBe(1);
    const done = await stack.coppice("overlay", "flatten", "main", "20001", "--yes");
    expect(done.stdout).toMatch(/Machine 20001 stands on no template any more\.\n$/);
    expect(done.code).toBe(0);
    const again = await stack.coppice("overlay", "flatten", "main", "20001", "--yes");
    expect(again.stderr).toMatch(/none of its disks stands on a template.* \[overlay\.refused\]/);
  });

  test("say that a state cannot be read, with exit code 1", async () => {
    const unknown = await reconcile("--stack", "unknown");
    expect([unknown.code, unknown.said]).toEqual([
      1,
      expect.stringMatching(/configuration of the stack 'unknown' cannot be read: .*\[provider\.config\]/s),
    ]);
    const { path } = stack.project;
    await copyFile(join(path, "Pulumi.test.yaml"), join(path, "Pulumi.nobodys.yaml"));
    const { code, said } = await reconcile("--stack", "nobodys");
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/state of the stack 'nobodys' cannot be read: .*\[stack\.unreadable\]/s),
    ]);
  });
});
