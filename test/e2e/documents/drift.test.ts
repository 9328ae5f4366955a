import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const CLASS = `\
# networks, autumn
kind: LabClass
version: 1
name: networks-101
cluster: main
template: { vmid: 9000 }
seats: 2
hardware: { cores: 2, memory: 4GiB } # as in spring
storage: nas
`;

/** The parts of what `--json` prints that the tests look at. */
interface Told {
  readonly result: string;
  readonly documents: readonly { readonly drifts: readonly object[] }[];
  readonly applied: readonly { readonly documents: readonly { readonly change: string }[] }[];
}

/** A class that somebody else changes by hand; the tests stand on each other. */
describe("drift", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.write("class.yaml", CLASS);
    expect((await lab.run("up", "class.yaml", "--yes")).code).toBe(0);
    await lab.emulator.shell("pve1", "qm set 20001 --memory 512 --name mine");
  }, 120_000);
  afterAll(() => lab.remove());

  const drift = async (...args: readonly string[]) => await lab.run("drift", "class.yaml", ...args);
  const told = async (...args: readonly string[]) => {
    const { code, out } = await drift(...args, "--json");
    return { code, ...(JSON.parse(out) as Told) }; // as the guide says
  };

  test("is named as it is answered, and the answers are told", async () => {
    const { code, out } = await drift();
    expect(code).toBe(2);
    expect(out).toMatch(/dangerous +seat-01\.memory +20001 +pve\d +memory is 512 MiB, declared 4 GiB/);
    expect(out).toContain("coppice drift class.yaml --repair");
    expect(out).toContain("coppice drift class.yaml --ignore seat-01.memory --until <day>");
    // The other seat has what is declared.
    expect(out).not.toContain("--accept");
  });

  test.each([
    [["--accept", "seat-01.memory"], "one hardware.memory for all seats, and 1 other seat has another."],
    [["--ignore", "seat-09.memory", "--until", "2999-12-31"], "There is no seat 'seat-09'"],
    [["--ignore", "seat-01.memory"], "until '': that is no day. Give a day to come"],
    [["--ignore", "seat-01.memory", "--until", "31.12.2999"], "until '31.12.2999': that is no day."],
    [["--ignore", "seat-01.memory", "--until", "2999-02-31"], "until '2999-02-31': that is no day."],
    [["--ignore", "seat-01.memory", "--until", "2020-01-01"], "until '2020-01-01': that day is over."],
    [["--until", "2999-12-31"], "Nothing is ignored until '2999-12-31': no drift is named."],
  ])("is not answered by %j", async (args, reason) => {
    const { code, err } = await drift(...args, "--yes");
    expect([code, err]).toEqual([1, expect.stringContaining(reason)]);
    expect(await lab.read("class.yaml")).toBe(CLASS);
  });

  test("takes one answer, with a seat and a field", async () => {
    const both = await drift("--repair", "--accept", "seat-01.memory");
    expect([both.code, both.err]).toEqual([1, expect.stringContaining("cannot be used with option")]);
    const half = await drift("--accept", "seat-01");
    expect([half.code, half.err]).toEqual([1, expect.stringContaining("<seat>.<field>")]);
  });

  test("is ignored until a day, with who said so, and as long as it stays as it was", async () => {
    const ignored = await told("--ignore", "seat-01.memory", "--until", "2999-12-31");
    expect(ignored).toMatchObject({
      code: 0,
      result: "ignored",
      ignored: { seat: "seat-01", field: "memory", until: "2999-12-31", who: expect.stringContaining("@") },
    });
    expect((await told()).result).toBe("drifted"); // the name is not ignored
    await drift("--ignore", "seat-01.name", "--until", "2999-12-31");
    const { code, out } = await drift();
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/ignored +seat-01\.memory .* \(until 2999-12-31, says /),
    ]);
    expect((await told()).result).toBe("none");
    await lab.emulator.shell("pve1", "qm set 20001 --memory 256");
    expect((await drift()).out).toMatch(/dangerous +seat-01\.memory .*256 MiB/);
    await lab.emulator.shell("pve1", "qm set 20001 --memory 512");
    expect((await drift()).code).toBe(0);
  });

  test("counts again when its day is over", async () => {
    const file = join(lab.folder, "home/state/.coppice/ignored/coppice-tenant/main.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll("2999-12-31", "2020-01-01"));
    expect((await told()).result).toBe("drifted");
    await writeFile(file, text.slice(0, -9));
    const { code, err } = await drift();
    expect([code, err]).toEqual([1, expect.stringContaining("[drift.file]")]);
    await writeFile(file, text);
  });

  test("is repaired: what was applied comes back, and what the file says by now waits", async () => {
    await lab.write("class.yaml", CLASS.replace("seats: 2", "seats: 3"));
    const { code, out } = await drift("--repair", "--yes");
    expect([code, out]).toEqual([0, expect.stringContaining("What is ignored is brought back too: 2 of 2")]);
    expect(await lab.machines()).toHaveLength(2);
    expect(await told()).toMatchObject({ code: 0, documents: [{ drifts: [] }] });
    expect(await told("--repair", "--yes")).toMatchObject({ code: 0, result: "nothing-to-do" });
    await lab.write("class.yaml", CLASS);
  });

  test("is accepted where all seats are alike: the document says it, its comments stay, no machine changes", async () => {
    for (const vmid of [20001, 20002])
      for (const node of ["pve1", "pve2"]) await lab.emulator.shell(node, `qm set ${vmid} --memory 1536`);
    const unasked = await drift("--accept", "seat-02.memory");
    expect([unasked.code, unasked.err]).toEqual([1, expect.stringContaining("[command.unasked]")]);
    expect(await lab.read("class.yaml")).toBe(CLASS);
    expect(await told("--accept", "seat-02.memory", "--yes")).toMatchObject({ code: 0, result: "applied" });
    expect(await lab.read("class.yaml")).toBe(CLASS.replace("4GiB", "1536MiB"));
    expect(await told()).toMatchObject({ code: 0, documents: [{ drifts: [] }] });
    const { stdout } = await lab.emulator.shell("pve1", "qm config 20001");
    expect(stdout).toContain("memory: 1536");
  });
});
