import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descendants } from "../class-crash/descendants.ts";
import { strikeAt } from "../class-crash/moment.ts";
import { machineFacts } from "./machine-facts.ts";
import type { Documents } from "./random-edits.ts";
import { documentWay } from "./ways/document-way.ts";
import { otherCreator } from "./ways/other-creator.ts";
import { programWay, stackWay } from "./ways/pulumi-ways.ts";
import { toldDocuments } from "./ways/told-documents.ts";
import { type Answer, PASSWORD, type Way } from "./ways/way.ts";

const lab = {
  kind: "LabClass",
  version: 1,
  template: { vmid: 9000 },
  seats: 20,
  storage: "nas",
  method: "overlay",
  hardware: { cores: 2, memory: "1GiB" },
  tags: ["spring"],
  vmids: { from: 20_000, to: 20_099 },
  cloudInit: { user: "student", password: { file: "password" } },
};

/** What is true of a class is true of it whichever way it is described. The tests stand on each other. */
describe("by a document, the stack of documents and a program alike, a class", { timeout: 240_000 }, () => {
  let ways: readonly Way[] = [];
  beforeAll(async () => {
    ways = await Promise.all([documentWay(), stackWay(), programWay()]);
    // Somebody else's machine in the range, and a template that no token can copy.
    const theirs = "qm create 20005 --name theirs --memory 64";
    const odd = "qm clone 9000 9001 --full && qm set 9001 --affinity 0 && qm template 9001";
    for (const { emulator } of ways) {
      const { code, stderr } = await emulator.shell("pve1", `${theirs} && ${odd}`);
      if (code !== 0) throw new Error(stderr);
    }
  }, 120_000);
  afterAll(async () => {
    await Promise.all(ways.map((way) => way.remove()));
  });

  const byAll = async <T>(work: (way: Way) => Promise<T>) => await Promise.all(ways.map(work));
  const declare = async (documents: Documents) => {
    await byAll((way) => way.declare(documents));
  };
  const up = async () => {
    const answers = await byAll((way) => way.startUp().finished());
    expect(answers.map(failureOf)).toEqual(["", "", ""]);
  };
  const expectSameMachines = (count: number) => {
    const [first, ...others] = ways.map((way) => settingsOf(way));
    expect(first).toHaveLength(count);
    for (const other of others) expect(other).toEqual(first);
  };
  const expectEmpty = async (options?: { readonly refresh: boolean }) => {
    const answers = await byAll(async (way) => ({ way, answer: await way.preview(options) }));
    const full = answers.filter(({ way, answer }) => answer.code !== 0 || !way.isEmpty(answer));
    expect(full.map(({ way, answer }) => `${way.name}: ${answer.said}`)).toEqual([]);
  };
  /** The sentences of a preview are those of the document, wherever it is made. */
  const expectSameWords = async (sentences: readonly RegExp[]): Promise<readonly Answer[]> => {
    const answers = await byAll((way) => way.preview());
    const [first, ...others] = answers;
    const words = wordsIn(first);
    for (const sentence of sentences) expect(words.join("\n")).toMatch(sentence);
    for (const { said } of others) {
      const lines = new Set(said.split("\n").map((line) => line.trim().replace(SEVERITY, "")));
      expect(
        words.filter((line) => !lines.has(line)),
        said,
      ).toEqual([]);
    }
    return answers;
  };

  test("is made of 20 seats in one run while another process makes machines", async () => {
    await declare({ lab });
    await expectSameWords([/^20 seats are made: /m]);
    const creators = ways.map(({ emulator }) => otherCreator(emulator));
    await up();
    await Promise.all(creators.map((creator) => creator.end()));
    expectSameMachines(20);
  });

  test("has nothing left to do, nor when HA has moved a machine, nor when it is looked at anew", async () => {
    await expectEmpty();
    await byAll(moveByHa);
    await expectEmpty();
    await expectEmpty({ refresh: true });
  });

  test("is changed, and what is lost is said in the same words", async () => {
    await declare({ lab: { ...lab, seats: 19, hardware: { cores: 3 } } });
    await expectSameWords([
      /^19 seats are changed in place: /m,
      /^1 seat is removed with all disks; .* exists only there:$/m,
    ]);
    await up();
    expectSameMachines(19);
  });

  test("from a template with an option of root alone is refused at the preview, in the same words", async () => {
    const odd = { ...lab, seats: 2, template: { vmid: 9001 }, vmids: { from: 20_200, to: 20_299 } };
    await declare({ lab: { ...lab, seats: 19, hardware: { cores: 3 } }, odd });
    const answers = await expectSameWords([
      /the template has 'affinity', which Proxmox lets only root set.*\[pool\.root-only-option\]/,
    ]);
    expect(answers.map(({ code }) => code === 0)).toEqual([false, false, false]);
    expectSameMachines(19);
  });

  test("whose engine and provider were killed is put right by the same command: nothing is left untracked", async () => {
    await declare({ lab: { ...lab, seats: 24, hardware: { cores: 3 } } });
    await byAll(killInTheMiddle);
    const unlocked = await byAll(async ({ unlock }) => await unlock?.());
    // Where `coppice` runs the engine, nobody has to take a lock away.
    expect(unlocked.map((answer) => answer?.code)).toEqual([undefined, 0, 0]);
    await up();
    expectSameMachines(24);
    await expectEmpty();
    for (const { emulator } of ways) expect(await emulator.control.check()).toEqual([]);
  });

  test("leaves its secrets in no state, log, event, preview, error, lease or history", async () => {
    for (const way of ways) {
      const { token, sshKey } = way.emulator;
      expect(placesWith(way, PASSWORD), way.name).toEqual(way.wrote);
      for (const secret of [token.secret, sshKey.privateKey.split("\n")[2] ?? ""]) {
        expect(secret.length).toBeGreaterThan(15);
        expect(placesWith(way, secret), way.name).toEqual([]);
      }
      // What is searched holds what it should.
      expect(placesWith(way, "seat-01").length, way.name).toBeGreaterThan(3);
    }
  });

  test("goes as a whole, and what is somebody else's stays", async () => {
    const answers = await byAll((way) => way.destroy());
    expect(answers.map(failureOf)).toEqual(["", "", ""]);
    expectSameMachines(0);
    for (const { emulator } of ways) expect([...machineFacts(emulator).keys()]).toContain("theirs");
  });
});

/** What makes machines the same: all that does not differ from one machine to the next, or from stack to stack. */
function settingsOf({ emulator }: Way): object[] {
  const own = [...machineFacts(emulator)].filter(([name]) => name.startsWith("lab-"));
  return own.map(([name, { settings, disks }]) => {
    // A password is salted anew each time.
    const { tags = "", cipassword: _salted, ...others } = settings;
    const text = JSON.stringify(others);
    return { name, tags: tags.replace(/cp-\w+/, "cp"), disks: Object.keys(disks), settings: text };
  });
}

function failureOf({ code, said }: Answer): string {
  return code === 0 ? "" : said;
}

/** What the engine sets before a sentence. */
const SEVERITY = /^(?:warning: |error: (?:Preview failed: )?)/;

/** The sentences that a document's preview has for people, line by line. */
function wordsIn(answer: Answer | undefined): string[] {
  const documents = toldDocuments(answer?.said ?? "");
  const texts = documents.flatMap(({ words, warnings, refusals }) => [
    ...words,
    ...warnings,
    ...refusals.map(({ message }) => message),
  ]);
  return texts.flatMap((text) => text.split("\n")).map((line) => line.trim());
}

/** HA takes a seat to the other node, and is taken off it again. */
async function moveByHa({ emulator }: Way): Promise<void> {
  const from = nodeOf(emulator.cluster.data, 20_001);
  const to = from === "pve1" ? "pve2" : "pve1";
  const shell = async (node: string, command: string) => {
    const { code, stderr } = await emulator.shell(node, command);
    if (code !== 0) throw new Error(stderr);
  };
  await shell(from, "qm start 20001 && pvesh create /cluster/ha/resources --sid vm:20001 --state started");
  await shell(from, `pvesh create /nodes/${from}/qemu/20001/migrate --target ${to} --online 1`);
  while (nodeOf(emulator.cluster.data, 20_001) !== to) await shell(to, "sleep 0.2");
  await emulator.cluster.tasks.settle();
  await shell(to, "pvesh delete /cluster/ha/resources/vm:20001 && qm stop 20001");
}

function nodeOf(data: string, vmid: number): string {
  const nodes = join(data, "pve/nodes");
  const has = (node: string) => readdirSync(join(nodes, node, "qemu-server")).includes(`${vmid}.conf`);
  return readdirSync(nodes).find(has) ?? "";
}

/** Kills the command and all that it started when the second machine is asked for. */
async function killInTheMiddle({ emulator, startUp }: Way): Promise<void> {
  const { pid, finished } = startUp();
  const moment = { at: "request", method: "POST", path: /\/qemu$/, nth: 2 } as const;
  const watch = strikeAt(emulator, moment, () => {
    for (const each of [pid, ...descendants(pid)]) process.kill(each, "SIGKILL");
    return undefined;
  });
  await finished();
  watch.stop();
  expect(watch.hasStruck()).toBe(true);
  await emulator.cluster.tasks.settle();
}

/** Everything that a way leaves behind and that has a text in it, but what is the SDK's own or the engine's program. */
function placesWith({ folder, printed }: Way, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  const found = files.filter(({ parentPath, name }) =>
    linesOf(join(parentPath, name)).some((line) => line.includes(text)),
  );
  return [
    ...(printed.some((output) => output.includes(text)) ? ["output"] : []),
    ...found.map(({ name }) => name),
  ];
}

/** Pulumi's own SDK writes each answer of the engine into the event log in the clear (sdk/nodejs/runtime/resource.ts). */
function linesOf(file: string): string[] {
  const lines = readFileSync(file, "latin1").split("\n");
  return file.endsWith(".log") ? lines.filter((line) => !line.includes('"severity":"debug"')) : lines;
}
