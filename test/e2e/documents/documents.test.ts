import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { holdStack } from "@coppice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

/** The document of the guide, with so many seats. */
const classOf = (seats: number, { name = "networks-101", template = 9000, cluster = "main" } = {}) => `\
# networks, autumn
kind: LabClass
version: 1
name: ${name}
cluster: ${cluster}
template: { vmid: ${template} }
seats: ${seats} # one for each student
hardware: { cores: 2, memory: 4GiB }
storage: nas
`;

/** The parts of what `--json` prints that the tests look at. */
interface Told {
  readonly result: string;
  readonly stacks: readonly Stack[];
  readonly preview: readonly Stack[];
  readonly applied: readonly Stack[];
}

interface Version {
  readonly verb: string;
  readonly message: string;
  readonly changes: readonly object[];
}

interface Stack {
  readonly documents: readonly {
    readonly name: string;
    readonly change: string;
    readonly seats: readonly { readonly name: string; readonly change: string; readonly vmid: number }[];
    readonly losses: readonly object[];
  }[];
  readonly others: readonly object[];
}

const told = (out: string) => JSON.parse(out) as Told; // as the guide says

/** A home with one class after another; the tests stand on each other. */
describe("documents", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
  }, 60_000);
  afterAll(() => lab.remove());

  const counts = async () => (await lab.machines()).length;
  const fatesIn = ([stack]: readonly Stack[]) => {
    const fates: Record<string, number> = {};
    for (const { change } of stack?.documents[0]?.seats ?? []) fates[change] = (fates[change] ?? 0) + 1;
    return fates;
  };

  test("with mistakes change nothing, and every mistake is shown at its place", async () => {
    const file = await lab.write("class.yaml", classOf(25, { cluster: "mian" }).replace("storage", "storag"));
    const { code, out } = await lab.run("up", file, "--yes");
    expect([code, out]).toEqual([2, expect.stringContaining("class.yaml:5:10: 'cluster' is \"mian\"")]);
    expect(out).toContain('did you mean "main"?');
    expect(out).toContain("class.yaml:9:1: 'storag' is not known");
    expect(await counts()).toBe(0);
  });

  test("are not applied where nobody can be asked and nobody agreed", async () => {
    const file = await lab.write("class.yaml", classOf(25));
    const { code, out, err } = await lab.run("up", file);
    expect([code, out]).toEqual([
      2,
      expect.stringContaining("25 seats are made: seat-01–seat-25 as 20001–20025"),
    ]);
    expect(err).toContain("Look at the preview and give --yes [command.unasked]");
    expect(await counts()).toBe(0);
  });

  test("whose secret is not there are refused before anything is made", async () => {
    const secret = "cloudInit: { user: student, password: { env: STUDENT_PASSWORD } }\n";
    await lab.write("secret.yaml", classOf(1, { name: "secret" }) + secret);
    for (const command of [["preview"], ["up", "--yes"]]) {
      const { code, out } = await lab.run(...command, "secret.yaml");
      expect([code, out]).toEqual([2, expect.stringMatching(/STUDENT_PASSWORD.*\[secret\.unavailable\]/s)]);
    }
    expect(await counts()).toBe(0);
  });

  test("make their class, after which nothing is left to do and nothing has drifted", async () => {
    const up = await lab.run("up", "class.yaml", "--yes", "--json");
    expect([up.code, told(up.out).result, fatesIn(told(up.out).preview)]).toEqual([
      0,
      "applied",
      { made: 25 },
    ]);
    expect(await counts()).toBe(25);
    const [preview, drift] = [
      await lab.run("preview", "class.yaml", "--json"),
      await lab.run("drift", "class.yaml"),
    ];
    expect([preview.code, told(preview.out).stacks[0]?.documents]).toMatchObject([0, [{ change: "same" }]]);
    expect([drift.code, drift.out]).toEqual([0, "LabClass networks-101 on main is as it was applied\n"]);
  });

  test("grow and shrink, and keep the numbers that were chosen; what is lost is said", async () => {
    await lab.write("class.yaml", classOf(27));
    const more = told((await lab.run("up", "class.yaml", "--yes", "--json")).out);
    expect(fatesIn(more.preview)).toEqual({ kept: 25, made: 2 });
    await lab.write("class.yaml", classOf(25));
    const less = told((await lab.run("up", "class.yaml", "--yes", "--json")).out);
    expect(fatesIn(less.preview)).toEqual({ kept: 25, removed: 2 });
    expect(less.preview[0]?.documents[0]?.losses).toMatchObject([
      { seat: "seat-26", vmid: 20026 },
      { seat: "seat-27", vmid: 20027 },
    ]);
    expect(await counts()).toBe(25);
  });

  test("say what goes with the teacher's machine, which leaves with a resource of its own", async () => {
    await lab.write("class.yaml", `${classOf(25)}teacher: true\n`);
    expect((await lab.run("up", "class.yaml", "--yes")).code).toBe(0);
    await lab.write("class.yaml", classOf(25));
    const [text, json, markdown] = [[], ["--json"], ["--markdown"]].map(
      async (how) => await lab.run("preview", "class.yaml", ...how),
    );
    const removal =
      /1 seat is removed with all disks; \d+ KiB exists only there:\n *teacher +20000 +pve\d +\d+ KiB/;
    expect((await text)?.out).toMatch(removal);
    expect((await markdown)?.out).toMatch(removal);
    const [loss] = told((await json)?.out ?? "").stacks[0]?.documents[0]?.losses ?? [];
    expect(loss).toMatchObject({ seat: "teacher", vmid: 20000, bytes: expect.any(Number) });
    expect((await lab.run("up", "class.yaml", "--yes")).out).toMatch(removal);
    expect(await counts()).toBe(25);
  });

  test("are reset seat by seat: the order stands in the document, and its comments too", async () => {
    const { code, out } = await lab.run("reset", "class.yaml", "seat-07", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("1 seat is reset to a fresh disk")]);
    expect(await lab.read("class.yaml")).toMatch(
      /^# networks, autumn\n.*# one for each student\n.*reset: .*seat-07/s,
    );
  });

  test("tell what somebody else changed, and bring it back when they are told to look", async () => {
    await lab.emulator.shell("pve1", "qm set 20001 --memory 512 --name mine");
    const drift = await lab.run("drift", "class.yaml");
    expect(drift.code).toBe(2);
    expect(drift.out).toMatch(/dangerous +seat-01\.memory +20001 +pve\d +memory is 512 MiB, declared 4 GiB/);
    expect(drift.out).toMatch(/benign +seat-01\.name +20001 +pve\d +name is 'mine'/);
    const up = told((await lab.run("up", "class.yaml", "--refresh", "--yes", "--json")).out);
    expect(fatesIn(up.preview)).toEqual({ drifted: 1, kept: 24 });
    expect((await lab.run("drift", "class.yaml")).code).toBe(0);
  });

  test("do not hold each other up: one is refused, its neighbour is made, and what has no file stays", async () => {
    await lab.write("all/bad.yaml", classOf(2, { name: "bad", template: 9999 }));
    await lab.write("all/two.yaml", classOf(2, { name: "two" }));
    const shown = await lab.run("preview", "all");
    expect(shown.out).toMatch(/LabClass bad on main is refused:\n.*\[generation\.no-source\]/);
    expect(shown.out).toContain("in none of these documents: LabClass networks-101 (25 seats)");
    expect(shown.out).toContain("coppice destroy networks-101");
    const up = await lab.run("up", "all", "--yes", "--json");
    expect([shown.code, up.code]).toEqual([2, 2]);
    expect(JSON.parse(up.out)).toMatchObject({
      result: "partial",
      applied: [{ documents: [{ name: "two", change: "create" }] }],
    });
    expect(await counts()).toBe(27);
  });

  test("that are to expire in the past are refused for it in our words, and what is beside them goes on", async () => {
    const late = await lab.write("past/late.yaml", `${classOf(1, { name: "late" })}expires: "2020-01-01"\n`);
    await lab.write("past/next.yaml", classOf(1, { name: "next" }));
    const { code, out } = await lab.run("preview", "past");
    expect([code, out]).toEqual([2, expect.stringMatching(/LabClass next on main is made:/)]);
    expect(out).toMatch(/LabClass late on main is refused:\n {2}'expires' is "2020-01-01".*\[expiry\.past\]/);
    expect(out).not.toMatch(/has a problem|left open/);
    const up = await lab.run("up", late, "--yes", "--json");
    const refusals = [{ code: "expiry.past", message: expect.stringMatching(/^'expires' is/) }];
    expect(up.code).toBe(2);
    expect(told(up.out).preview).toMatchObject([{ documents: [{ change: "refused", refusals }] }]);
  });

  test("are not applied by who stops while somebody else has the stack: that is no success", async () => {
    await lab.write("waits.yaml", classOf(2, { name: "waits" }));
    const home = { folder: join(lab.folder, "home"), backend: `file://${join(lab.folder, "home", "state")}` };
    const stack = { project: "coppice-tenant", stack: "main" };
    await holdStack(home, stack, { who: "bob", signal: new AbortController().signal }, async () => {
      const child = lab.start(["up", "waits.yaml", "--yes", "--json"]);
      child.stderr?.on("data", (chunk: Buffer) => {
        if (/in use by bob/.test(chunk.toString())) child.kill("SIGTERM");
      });
      const out = child.stdout === null ? "" : await text(child.stdout);
      expect(told(out).result).toBe("cancelled");
      if (child.exitCode === null) await once(child, "close");
      expect(child.exitCode).toBe(130);
    });
    expect((await lab.run("list")).out).not.toContain("waits");
  });

  test("stop in good order where they are interrupted, and go on from there", async () => {
    const file = await lab.write("stopped.yaml", classOf(9, { name: "stopped" }));
    const child = lab.start(["up", file, "--yes"]);
    child.stderr?.on("data", (chunk: Buffer) => {
      if (/making the disks/.test(chunk.toString())) child.kill("SIGINT");
    });
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    expect((await lab.run("up", file, "--yes")).code).toBe(0);
    expect(await counts()).toBe(36);
    expect((await lab.run("destroy", file, "--yes")).code).toBe(0);
  });

  test("have a history, and go back to a version; several orders at once are carried out together", async () => {
    const versions = async () => {
      const { versions } = JSON.parse((await lab.run("history", "--json")).out) as { versions: Version[] }; // as the guide says
      return versions;
    };
    const before = await versions();
    expect(before.at(-1)).toMatchObject({
      verb: "destroy",
      changes: [{ name: "stopped", change: "removed" }],
    });
    const seats = ["seat-01", "seat-02", "seat-03", "seat-04"];
    const files = await Promise.all(seats.map((seat) => lab.write(`${seat}.yaml`, classOf(25))));
    const resets = await Promise.all(
      files.map((file, index) => lab.run("reset", file, seats[index] ?? "", "--yes")),
    );
    expect(resets.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const after = await versions();
    expect(after.length - before.length).toBeLessThanOrEqual(2);
    // Two seats more, and without the second class.
    const undo = await lab.run("undo", "2", "--yes");
    expect([undo.code, undo.out]).toEqual([0, expect.stringContaining("No file is changed by this")]);
    expect(undo.out).toContain("2 seats are made: seat-26, seat-27");
    expect(undo.out).toContain("LabClass two on main was removed");
    expect((await versions()).at(-1)).toMatchObject({ verb: "destroy", message: "coppice undo 2" });
  });

  test("are not removed in part: seats on a node that is away are named, and nothing goes", async () => {
    lab.cluster.control.setNode("pve2", { online: false });
    const { code, out } = await lab.run("destroy", "networks-101", "--yes");
    lab.cluster.control.setNode("pve2", { online: true });
    expect([code, await counts()]).toEqual([1, 27]);
    expect(out).toMatch(
      / of 27 seats of class 'networks-101' were not read: .* on pve2 .*\[pve\.node-unreachable\]/,
    );
    expect(out).toContain("Nothing is removed, since not all that would go with it could be read.");
  });

  test("are listed, and removed by their name too", async () => {
    expect((await lab.run("list")).out).toMatch(/^NAME +KIND.*\nnetworks-101 +LabClass +main +27 +0\n$/);
    const { code, out } = await lab.run("destroy", "networks-101", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("LabClass networks-101 on main was removed")]);
    expect(out).toMatch(/Class 'networks-101' has 27 machines with \d+ disks, on which .* is written/);
    expect(await counts()).toBe(0);
  });
});
