import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { want, wishedClass } from "../class/wished-class.ts";
import { DocumentsLab } from "./documents-lab.ts";

const document = `\
kind: LabClass
version: 1
name: networks-101
cluster: main
template: { vmid: 9000 }
seats: 3
teacher: true
storage: nas
vmids: { from: 20000, to: 20099 }
`;

const images = "/mnt/pve/nas/images";

/** A class of documents, one of a program beside it, and what appears around them; the tests stand on each other. */
describe("reconcile and flatten see what documents have made", { timeout: 240_000 }, () => {
  let lab: DocumentsLab;
  let project: ClassStack | undefined;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.write("class.yaml", document);
  }, 60_000);
  afterAll(async () => {
    await project?.remove();
    await lab.remove();
  });

  const healthy = { code: 0, out: "No strays: states and cluster say the same.\n", err: "" };
  const shell = async (script: string) => {
    const { code, stderr } = await lab.emulator.shell("pve1", script);
    if (code !== 0) throw new Error(stderr);
  };
  const inProject = async (...args: readonly string[]) => {
    if (project === undefined) throw new Error("a test before this one makes it");
    const { code, stdout, stderr } = await project.coppice(...args);
    return { code, out: stdout, err: stderr };
  };

  test("a healthy class has no strays, outside of any project", async () => {
    const { code, err } = await lab.run("up", "class.yaml", "--yes");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(await lab.run("reconcile")).toEqual(healthy);
    expect(await lab.run("reconcile", "--cluster", "main")).toEqual(healthy);
  });

  test("in a project its classes and those of documents are looked at together", async () => {
    const env = {
      COPPICE_HOME: join(lab.folder, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(lab.folder, "home", "state")).href,
    };
    project = await ClassStack.create(lab.emulator, { example: "lab-class", program: wishedClass, env });
    want(project, { seats: 2, vmids: { from: 20_100, to: 20_199 } });
    await project.succeeds("up", "--yes");
    expect(await inProject("reconcile")).toEqual(healthy);
    // Outside of it nobody knows where the project's state is.
    const outside = await lab.run("reconcile");
    expect(outside).toMatchObject({
      code: 0,
      out: expect.stringContaining("the stack lab-class/test, which was not given: 20101, 20102"),
    });
  });

  test("three planted faults are found with the commands that mend them, and none is adopted", async () => {
    await project?.succeeds("destroy", "--yes");
    const before = await lab.machines();
    await forgetSeat(join(lab.folder, "home/state/.pulumi/stacks/coppice-tenant/main.json"), "seat-03");
    await shell(
      `mkdir ${images}/20050 && cp $(ls ${images}/20003/vm-20003-disk-*.qcow2 | tail -n 1) ${images}/20050/vm-20050-disk-0.qcow2`,
    );
    for (const node of ["pve1", "pve2"]) await lab.emulator.shell(node, "qm destroy 20002 --purge");
    await lab.emulator.control.tellStatus();
    const { code, out } = await lab.run("reconcile");
    expect(code).toBe(2);
    expect(out).toMatch(
      /^machine +Machine 20003 'networks-101-seat-03' on pve\d carries the mark of 'seat-03'/m,
    );
    expect(out).toContain("`coppice up <the file of networks-101>`. Save before");
    expect(out).toMatch(
      /^state +Machine 20002 of seat 'seat-02' .* state of coppice-tenant\/main is not there/m,
    );
    expect(out).toContain("on a fresh disk: `coppice up --refresh <the file of networks-101>`.");
    expect(out).toMatch(
      /^volume +Number 20050 has an image folder with vm-20050-disk-0\.qcow2 on storage 'nas'/m,
    );
    expect(out).toMatch(/\n3 strays found\. Nothing was changed\.\n$/);
    expect(out).not.toContain("coppice pulumi");
    expect(await lab.machines()).toEqual(before.filter((machine) => !machine.startsWith("20002 ")));
    const { out: json } = await inProject("reconcile", "--json");
    const { strays } = JSON.parse(json) as { strays: { kind: string }[] }; // as printed above
    expect(strays.map(({ kind }) => kind)).toEqual(["machine", "state", "volume"]);
  });

  test("the command that is named mends them", async () => {
    const { code, err } = await lab.run("up", "--refresh", "class.yaml", "--yes");
    expect({ code, err }).toMatchObject({ code: 0 });
    await shell(`rm -r ${images}/20050`);
    await lab.emulator.control.tellStatus();
    expect(await lab.run("reconcile")).toEqual(healthy);
    expect(await lab.machines()).toHaveLength(4);
  });

  test("a machine is copied out of its base by the registered name of its cluster", async () => {
    const asked = await lab.run("overlay", "flatten", "main", "20001");
    expect(asked.out).toMatch(/scsi0, .*: copied out of template 9000/);
    expect(asked.code).toBe(1);
    const done = await lab.run("overlay", "flatten", "main", "20001", "--yes");
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringMatching(/20001 stands on no template any more\.\n$/),
    });
    expect(await lab.run("reconcile")).toEqual(healthy);
  });

  test("a name that means two clusters is refused, and one that means none", async () => {
    const main = await lab.read("home/clusters/main.yaml");
    const other = main.replace(/https:\/\/[^"]+/, "https://pve.example.org:8006");
    await lab.write("home/clusters/main.yaml", other);
    const typed = await inProject("overlay", "flatten", "main", "20001", "--yes");
    expect(typed.err).toMatch(
      /'main' means two clusters here: .*example\.org:8006 is registered.*\[provider\.config\]/s,
    );
    // What is not typed is the project's, and nothing of the home is on it.
    const { out } = await inProject("reconcile");
    expect(out).toMatch(/the stack coppice-tenant\/main of home h[0-9a-f]{15}, which was not given/);
    await lab.write("home/clusters/main.yaml", main);
    const none = await lab.run("reconcile", "--cluster", "south");
    expect(none.code).toBe(1);
    expect(none.err).toContain("coppice cluster add");
  });
});

/** Takes a seat out of the state of every class, as an older copy of it would not have it. */
async function forgetSeat(file: string, seat: string): Promise<void> {
  const state: unknown = JSON.parse(await readFile(file, "utf8"), (key, value: unknown) => {
    // Of what depends on what the state has a list by that name.
    if (key !== "seats" || typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== seat));
  });
  await writeFile(file, JSON.stringify(state));
}
