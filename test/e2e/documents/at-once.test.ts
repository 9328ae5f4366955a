import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const classOn = (cluster: string, from: number, seats: number) => `\
kind: LabClass
version: 1
name: lab
cluster: ${cluster}
template: { vmid: 9000 }
seats: ${seats}
storage: nas
vmids: { from: ${from}, to: ${from + 99} }
`;

/** Commands in terminals of their own. */
describe("commands at once", { timeout: 240_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
  }, 60_000);
  afterAll(() => lab.remove());

  const inRange = async (from: number) =>
    (await lab.machines()).filter((line) => Math.floor(Number.parseInt(line, 10) / 100) * 100 === from);

  test("on one stack follow each other: both are done, and what both wanted is there once", async () => {
    await lab.write("one.yaml", classOn("main", 20_000, 5));
    const both = await Promise.all([1, 2].map(() => lab.run("up", "one.yaml", "--yes")));
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(await inRange(20_000)).toHaveLength(5);
    expect((await lab.run("preview", "one.yaml")).out).toContain("LabClass lab on main stays as it is");
  });

  test("that want different things of one stack both get theirs", async () => {
    await lab.write("two.yaml", classOn("main", 20_100, 2).replace("name: lab", "name: two"));
    await lab.write("three.yaml", classOn("main", 20_200, 3).replace("name: lab", "name: three"));
    const both = await Promise.all(["two.yaml", "three.yaml"].map((file) => lab.run("up", file, "--yes")));
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(
      [await inRange(20_000), await inRange(20_100), await inRange(20_200)].map(({ length }) => length),
    ).toEqual([5, 2, 3]);
  });

  test("on several stacks do not wait for each other, and none fails", async () => {
    const names = ["east", "west", "north", "south"];
    for (const [index, name] of names.entries()) {
      // JSON is YAML.
      const document = JSON.stringify({ kind: "Cluster", version: 1, name, ...Object(lab.clusters["main"]) });
      await lab.write(`home/clusters/${name}.yaml`, document);
      await lab.write(`${name}.yaml`, classOn(name, 21_000 + 100 * index, 1));
    }
    const all = await Promise.all(names.map((name) => lab.run("up", `${name}.yaml`, "--yes")));
    expect(all.filter(({ code }) => code !== 0)).toEqual([]);
    expect(all.map(({ err }) => err).join("")).not.toContain("in use");
    for (const index of names.keys()) expect(await inRange(21_000 + 100 * index)).toHaveLength(1);
    expect(await lab.emulator.control.check()).toEqual([]);
  });
});
