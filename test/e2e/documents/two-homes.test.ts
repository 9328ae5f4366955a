import { once } from "node:events";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const classOf = (seats: number, numbers = "") => `\
kind: LabClass
version: 1
name: networks-101
cluster: main
template: { vmid: 9000 }
seats: ${seats}
storage: nas
${numbers}
`;

const range = "vmids: { from: 25000, to: 25099 }";

/** One cluster and one document, and two people each with state of their own; the tests stand on each other. */
describe("two homes", { timeout: 120_000 }, () => {
  let ada: DocumentsLab;
  let grace: DocumentsLab;
  beforeAll(async () => {
    ada = await DocumentsLab.start();
    grace = await ada.inOtherHome();
  }, 60_000);
  afterAll(() => ada.remove());

  /** Names, numbers and notes of all machines, and every disk. */
  const everything = async () => {
    const lists = ["qm list | cut -c 1-45", "ls -l --time-style=full-iso /mnt/pve/nas/images/*"];
    const answers = lists.map(async (line) => (await ada.emulator.shell("pve1", line)).stdout);
    return [await ada.machines(), ...(await Promise.all(answers))];
  };

  test("the machines of the one say in their notes which home they are from", async () => {
    await ada.write("class.yaml", classOf(4, range));
    expect((await ada.run("up", "class.yaml", "--yes")).code).toBe(0);
    // The list of guests tells names up to ten seconds late; before, the other home makes its class beside this one.
    await ada.emulator.control.tellStatus();
    const files = ["pve1", "pve2"].map((node) => `/etc/pve/nodes/${node}/qemu-server/25001.conf`);
    const { stdout: notes } = await ada.emulator.shell("pve1", `cat ${files.join(" ")}`);
    const [, origin] = /of home (h\w{15})/.exec(notes) ?? [];
    const kept = await readFile(join(ada.folder, "home/state/.coppice/origin"), "utf8");
    expect(kept.trim()).toBe(origin);
  });

  test.each([
    ["with the numbers of the other", classOf(3, range)],
    ["with numbers that are all taken", classOf(3, "vmids: { from: 25000, to: 25003 }")],
    ["with numbers that are still to be chosen", classOf(3)],
  ])("the other is refused the same class %s, and touches nothing", async (_, text) => {
    const before = await everything();
    await grace.write("theirs.yaml", text);
    const preview = await grace.run("preview", "theirs.yaml");
    expect([preview.code, preview.out]).toEqual([2, expect.stringContaining("[pool.other-home]")]);
    expect(preview.out).toContain(
      "made from a state in another home: networks-101-seat-01–networks-101-seat-04",
    );
    expect(preview.out).not.toContain("interrupted run");
    expect((await grace.run("up", "theirs.yaml", "--yes")).code).toBe(2);
    expect(await everything()).toEqual(before);
    expect((await ada.run("preview", "class.yaml")).out).toContain("1 unchanged");
    expect((await ada.run("drift", "class.yaml")).code).toBe(0);
  });

  test("a class of another name is made beside it, in numbers that the first leaves", async () => {
    await grace.write("theirs.yaml", classOf(2, range).replace("networks-101", "other"));
    const up = await grace.run("up", "theirs.yaml", "--yes");
    expect([up.code, up.out]).toEqual([0, expect.stringContaining("LabClass other on main was made")]);
    expect((await ada.run("preview", "class.yaml")).out).toContain("1 unchanged");
    expect((await grace.run("destroy", "other", "--yes")).code).toBe(0);
    expect((await ada.run("drift", "class.yaml")).code).toBe(0);
  });

  test("one whose state was lost gets its machines back by the id that their notes name", async () => {
    const origin = await readFile(join(ada.folder, "home/state/.coppice/origin"), "utf8");
    await cp(join(ada.folder, "home"), join(ada.folder, "copy"), { recursive: true });
    await rm(join(ada.folder, "home/state"), { recursive: true });
    expect((await ada.run("preview", "class.yaml")).out).toContain("[pool.other-home]");
    await writeFile(join(ada.folder, "home/state/.coppice/origin"), origin);
    const before = await ada.machines();
    const up = await ada.run("up", "class.yaml", "--yes");
    expect([up.code, await ada.machines()]).toEqual([0, before]);
  });

  test("a first creation that was killed is finished by the home that began it", async () => {
    await grace.write("killed.yaml", classOf(6).replace("networks-101", "killed"));
    const child = grace.start(["up", "killed.yaml", "--yes"]);
    const begun = async () => (await grace.machines()).filter((each) => each.includes("killed"));
    while ((await begun()).length === 0);
    child.kill("SIGKILL");
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGKILL");
    const left = await begun();
    // The list of guests tells names up to ten seconds late.
    await ada.emulator.control.tellStatus();
    expect((await ada.run("preview", "killed.yaml")).out).toContain("[pool.other-home]");
    const up = await grace.run("up", "killed.yaml", "--yes");
    expect([up.code, up.out]).toEqual([0, expect.stringContaining("an interrupted run began to make")]);
    expect(await begun()).toHaveLength(6);
    expect(await begun()).toEqual(expect.arrayContaining(left));
  });
});
