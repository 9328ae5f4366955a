import type { RiskFinding, RiskVerdict } from "@coppice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const GIB = 2 ** 30;

/** A document; a data disk that could fill the storage needs `overcommit`. */
const classOf = (seats: number, { memory = 1, more = "" } = {}) => `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
seats: ${seats}
hardware: { memory: ${memory}GiB }
storage: nas
vmids: { from: 20000, to: 20099 }
${more}`;

/** What a preview tells beside the change; the tests stand on each other. */
describe("what a preview risks", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    // Two nodes of 64 GiB of memory each.
    lab = await DocumentsLab.start();
  }, 60_000);
  afterAll(() => lab.remove());

  const previewed = async (content: string) => {
    const file = await lab.write("lab.yaml", content);
    const [text, json] = await Promise.all(
      [[], ["--json"]].map(async (how) => await lab.run("preview", file, ...how)),
    );
    const { verdicts } = JSON.parse(json?.out ?? "") as { readonly verdicts: { readonly risk: RiskVerdict } }; // as the guide says
    return { risk: verdicts.risk, text: text?.out ?? "" };
  };
  const told = ({ findings }: RiskVerdict) => findings.map(({ severity, kind }) => `${severity} ${kind}`);
  const only = ({ findings }: RiskVerdict): RiskFinding | undefined => {
    expect(findings).toHaveLength(1);
    return findings[0];
  };

  test("nothing, where all of it fits", async () => {
    const { risk, text } = await previewed(classOf(3));
    expect([risk.findings, text.endsWith("\nRisk: none found\n")]).toEqual([[], true]);
    expect(
      risk.nodes.map(({ memory = 0, promised, promisedAfter }) => [memory, promised, promisedAfter]),
    ).toEqual([
      [64 * GIB, 0, 2 * GIB],
      [64 * GIB, 0, GIB],
    ]);
    expect((await lab.run("up", "lab.yaml", "--yes")).out).toContain("\nRisk: none found\n");
  });

  test("the disks of a machine that leaves, by what is written on them", async () => {
    const { code } = await lab.emulator.shell(
      "pve1",
      "qemu-io -c 'write -q -P 7 1M 8M' /mnt/pve/nas/images/20003/vm-20003-disk-0.qcow2",
    );
    expect(code).toBe(0);
    const { risk, text } = await previewed(classOf(2));
    const loss = only(risk);
    expect(loss).toMatchObject({ kind: "data-loss", severity: "danger", seats: ["seat-03"] });
    expect(loss?.figures["written"]).toBeGreaterThanOrEqual(8 * 2 ** 20);
    const line =
      /^Risk: 1 danger:\n {2}danger {3}LabClass lab on main: 8(\.\d+)? MiB is lost for good with seat-03: its own disk\.$/m;
    expect(text).toMatch(line);
    expect((await lab.run("preview", "lab.yaml", "--markdown")).out).toMatch(
      /\| danger \| LabClass lab on main: 8(\.\d+)? MiB is lost for good with seat-03/,
    );
    // A whole document goes with all its disks, and nothing holds it.
    const destroying = await lab.run("destroy", "lab");
    expect(destroying.out).toMatch(
      /^Risk: 1 danger, 1 warning:\n {2}danger .*with seat-01–seat-03: their own disks\./m,
    );
  });

  test("that a node is lost, or bears not all of them", async () => {
    const lost = await previewed(classOf(3, { memory: 30 }));
    const finding = only(lost.risk);
    expect(finding).toMatchObject({ kind: "node-lost", severity: "warning" });
    expect(finding?.figures).toMatchObject({ room: 64 * GIB, promised: 3 * GIB, promisedAfter: 90 * GIB });
    expect(lost.text).toContain("may take 90 GiB of memory, and the others have 64 GiB.");
    const full = await previewed(classOf(3, { memory: 40 }));
    expect(told(full.risk)).toEqual(["warning memory", "warning node-lost"]);
    expect(full.text).toContain("may take 80 GiB of memory, and it has 64 GiB: not all of them can run.");
  });

  test("that the storage runs full in the worst case, which a class may accept", async () => {
    const [nas] = (await previewed(classOf(4))).risk.storages;
    const size = Math.ceil((nas?.size ?? 0) / GIB);
    const large = classOf(1, { more: `dataDisk: { size: ${size}GiB }\n` });
    const another = `---\n${large.replace("name: lab", "name: large").replaceAll("200", "300")}`;
    const refused = await previewed(classOf(3) + another);
    expect([told(refused.risk), refused.text.includes("[pool.space]")]).toEqual([[], true]);
    const accepted = await previewed(`${classOf(3)}${another}overcommit: true\n`);
    expect(only(accepted.risk)).toMatchObject({
      kind: "storage",
      severity: "danger",
      seats: expect.arrayContaining(["large-seat-01"]),
    });
    expect(accepted.text).toMatch(
      /^ {2}danger {3}main: The disks that are made now may grow to .*, and storage 'nas' has .* free/m,
    );
  });

  test("with a storage of each node's own, by node, the templates that are copied there counted", async () => {
    const { risk } = await previewed(
      classOf(3).replace("name: lab", "name: own").replace("nas", "local").replaceAll("200", "400"),
    );
    expect(only(risk)).toMatchObject({ kind: "node-lost", severity: "note", nodes: ["pve1", "pve2"] });
    expect(risk.storages.map(({ nodes, machines }) => [nodes, machines.at(-1)])).toEqual([
      [["pve1"], "own generation 1"],
      [["pve2"], "own generation 1"],
    ]);
    expect(risk.storages.flatMap(({ machines }) => machines)).toHaveLength(3 + 2);
  });
});
