import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const POOL = (comment: string) =>
  `kind: Pool\nversion: 1\nname: lab\ncluster: main\npoolid: lab\ncomment: ${comment}\n`;
const TEMPLATE = "kind: Template\nversion: 1\nname: debian-12\ncluster: main\nvmid: 9000\n";
const CLASS = (seats: number) =>
  `kind: LabClass\nversion: 1\nname: class\ncluster: main\ntemplate: debian-12\nseats: ${seats}\nstorage: nas\npool: lab\n`;

interface Version {
  readonly number: number;
  readonly project: string;
  readonly changes: readonly { readonly name: string; readonly change: string }[];
}

/** A folder that describes its cluster, a template and a pool beside a class; the tests stand on each other. */
describe("a folder of documents of all kinds", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.write("all/pool.yaml", POOL("spring"));
    // Nothing is registered: the folder says where its cluster is.
    await rename(join(lab.folder, "home/clusters/main.yaml"), join(lab.folder, "all/cluster.yaml"));
    await lab.write("all/template.yaml", TEMPLATE);
    await lab.write("all/class.yaml", CLASS(2));
  }, 60_000);
  afterAll(() => lab.remove());

  const up = async () => expect((await lab.run("up", "all", "--yes")).code).toBe(0);
  const versions = async () =>
    (JSON.parse((await lab.run("history", "--json")).out) as { versions: Version[] }).versions; // as the guide says
  const declared = async () => (await lab.run("show", "lab")).out;

  test("has one history, counted through", async () => {
    await up();
    await lab.write("all/pool.yaml", POOL("autumn"));
    await up();
    await lab.write("all/class.yaml", CLASS(3));
    await up();
    expect(await lab.machines()).toHaveLength(3);
    expect(await versions()).toMatchObject([
      { number: 1, project: "coppice-cluster", changes: [{ name: "lab", change: "added" }] },
      { number: 2, project: "coppice-tenant", changes: [{ name: "class", change: "added" }] },
      { number: 3, project: "coppice-cluster", changes: [{ name: "lab", change: "changed" }] },
      { number: 4, project: "coppice-tenant", changes: [{ name: "class", change: "changed" }] },
    ]);
  });

  test("goes back as a whole, with the template's number as it was, though no cluster is registered", async () => {
    await rm(join(lab.folder, "all"), { recursive: true });
    expect(await declared()).toContain("comment: autumn");
    const { code, out } = await lab.run("undo", "2", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("Pool lab on main was changed")]);
    expect(out).toContain("LabClass class on main was changed");
    expect(await lab.machines()).toHaveLength(2);
    expect(await declared()).toContain("comment: spring");
  });

  test("goes back to when there was no class yet, and is removed by its names", async () => {
    const { code, out } = await lab.run("undo", "1", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("LabClass class on main was removed")]);
    expect(await lab.machines()).toEqual([]);
    expect((await lab.run("destroy", "lab", "--yes")).code).toBe(0);
    expect((await lab.run("list")).out).toContain("Nothing has been made");
  });
});
