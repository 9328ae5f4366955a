import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readGiven, readSources } from "./read-given.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-given-"));
  await mkdir(join(folder, "clusters"));
  const cluster = { kind: "Cluster", version: 1, name: "main", endpoint: "https://pve1.example.org:8006" };
  await writeFile(
    join(folder, "clusters", "main.yaml"),
    JSON.stringify({ ...cluster, token: { env: "PVE_TOKEN" } }),
  );
});
afterEach(() => rm(folder, { recursive: true }));

const given = async (file: string) =>
  await readGiven(await readSources([join(folder, file)]), { COPPICE_HOME: folder });

test("one file of a folder refers to the templates in the others, and nothing else of those is told or done", async () => {
  const lab = "kind: LabClass\nversion: 1\nname: lab\nseats: 3\nstorage: nas\ntemplate: debian-12\n";
  await writeFile(join(folder, "lab.yaml"), lab);
  expect((await given("lab.yaml")).mistakes).toMatchObject([{ path: ["template"] }]);
  await writeFile(
    join(folder, "templates.yaml"),
    "kind: Template\nversion: 1\nname: debian-12\nvmid: 9000\n",
  );
  await writeFile(join(folder, "other.yaml"), "kind: LabClass\nseats: many\n");
  const { documents, mistakes } = await given("lab.yaml");
  expect([documents.map(({ name }) => name), mistakes]).toEqual([["lab"], []]);
});

test("names another file as whoever gave it did", async () => {
  const lab = {
    kind: "LabClass",
    version: 1,
    name: "lab",
    seats: 3,
    storage: "nas",
    template: { vmid: 9000 },
  };
  const [a, b] = ["a.json", "b.json"].map((name) => relative("", join(folder, name)));
  for (const name of ["a.json", "b.json"]) await writeFile(join(folder, name), JSON.stringify(lab));
  const { mistakes } = await readGiven(await readSources([a ?? "", b ?? ""]), { COPPICE_HOME: folder });
  expect(mistakes).toMatchObject([
    { file: b, message: `'name' is "lab", which the LabClass in ${a}:1 has already; give it another` },
  ]);
});
