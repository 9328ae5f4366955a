import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";

const PASSWORD = "planted-password-a77e";
const LIMIT = { timeout: 240_000 };

const lab = {
  kind: "LabClass",
  version: 1,
  template: "debian-12",
  seats: 3,
  storage: "nas",
  teacher: true,
  vmids: { from: 20_000, to: 20_099 },
  cloudInit: { user: "student", password: { file: "password" } },
};
const runners = {
  kind: "OverlayVmPool",
  version: 1,
  template: { vmid: 9000 },
  roster: ["one", "two"],
  storage: "nas",
  vmids: { from: 20_100, to: 20_199 },
};
const template = { kind: "Template", version: 1, vmid: 9000 };

/** The same as a program says it. */
const program = `import { LabClass, OverlayVmPool } from "@coppice/components";
new LabClass("lab", {
  template: { vmid: 9000 }, seats: 3, storage: "nas", teacher: true, vmids: { from: 20000, to: 20099 },
  cloudInit: { user: "student", password: "${PASSWORD}" },
});
new OverlayVmPool("runners", {
  template: { vmid: 9000 }, roster: ["one", "two"], storage: "nas", vmids: { from: 20100, to: 20199 },
});
`;

describe("the generic stacks, run by hand", LIMIT, () => {
  let emulator: Emulator;
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 2, timeScale: 5 });
  });
  afterAll(() => emulator.stop());

  async function stackOf(name: "tenant" | "cluster", documents: object): Promise<ClassStack> {
    const config = { [`coppice-${name}:documents`]: JSON.stringify(documents) };
    const stack = await ClassStack.create(emulator, { example: `stacks/${name}`, config });
    writeFileSync(join(stack.project.path, "password"), PASSWORD);
    return stack;
  }

  test("make of a tenant's documents what a program makes of the same words, and nothing more", async () => {
    const stack = await stackOf("tenant", { lab, runners, "debian-12": template });
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    const documents = await stack.output<{ lab: { seats: object; teacher: object }; runners: object }>(
      "documents",
    );
    expect(Object.keys(documents)).toEqual(["lab", "runners"]);
    expect(Object.keys(documents.lab.seats)).toEqual(["seat-01", "seat-02", "seat-03"]);
    expect(documents.lab.teacher).toMatchObject({ vmid: 20_000 });
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    expect(await stack.failureOf("refresh", "--yes", "--skip-preview", "--expect-no-changes")).toBe("");
    expect(JSON.stringify(await stack.project.state()) + stack.printed.join("")).not.toContain(PASSWORD);
    const made = await declared(stack);
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    await stack.remove();
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);

    const other = await ClassStack.create(emulator, { example: "lab-class", program });
    expect(await other.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect(await declared(other)).toEqual(made);
    expect(await other.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    await other.remove();
  });

  test("show every mistake of every document and make nothing", async () => {
    const { vmids: _vmids, ...unchosen } = runners;
    const strange = { kind: "Pool", version: 1, poolid: "lab" };
    const cases: readonly [documents: object, said: readonly string[]][] = [
      [
        { lab: { ...lab, seats: -1, cluster: "man", template: "debian-13" }, strange, "debian-12": template },
        [
          "lab: 'seats' is -1; choose 0 to 10000",
          'lab: \'cluster\' is "man", which is not registered; did you mean "main"?',
          'lab: \'template\' is "debian-13", and no document of kind Template has that name; did you mean "debian-12"?',
          "strange: a Pool belongs into the stack cluster",
        ],
      ],
      [
        {
          lab: { ...lab, template: { vmid: 9000 }, cloudInit: { password: { env: "NOT_SET" } } },
          runners: unchosen,
        },
        [
          "LabClass 'lab': 'cloudInit.password' leads nowhere: the environment variable NOT_SET is not set",
          "OverlayVmPool 'runners': 'vmids' is missing; write it like { from: 20000, to: 20999 }",
        ],
      ],
    ];
    for (const [documents, said] of cases) {
      const stack = await stackOf("tenant", documents);
      const { code, stdout, stderr } = await stack.run("up", "--yes", "--skip-preview");
      expect(code).not.toBe(0);
      for (const each of said) expect(stdout + stderr).toContain(each);
      await stack.remove();
    }
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });

  test("make of a cluster's documents its pools", async () => {
    const stack = await stackOf("cluster", {
      lab: { kind: "Pool", version: 1, poolid: "lab", comment: "Lab" },
    });
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect((await emulator.shell("pve1", "cat /etc/pve/user.cfg")).stdout).toMatch(
      /^pool:lab:Lab \[coppice /m,
    );
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect((await emulator.shell("pve1", "cat /etc/pve/user.cfg")).stdout).not.toMatch(/^pool:lab/m);
    await stack.remove();
  });
});

/** What was asked for, by what it is: a secret is another text each time, and a URN has its project in it. */
async function declared({ project }: ClassStack): Promise<string[]> {
  const { resources = [] } = await project.state();
  const own = resources.filter(({ type }) => type.startsWith("coppice:"));
  expect(own.length).toBeGreaterThan(5);
  const texts = own.map(({ urn, inputs }) =>
    JSON.stringify({ urn: urn.split("::").slice(2), inputs }, (key, value: unknown) =>
      key === "ciphertext" || key === "__urn" ? undefined : value,
    ),
  );
  return texts.sort();
}
