import { watch } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";
import { machineFacts } from "./machine-facts.ts";

const SEATS = 25;
const PASSWORD = "planted-password-60d2";
const ORDERS = "home/state/.coppice/orders/coppice-tenant/main";

const document = `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
seats: ${SEATS}
storage: nas
cloudInit: { user: student, password: { file: password } }
`;

describe("a class of which every seat is reset by a command of its own, all at once", () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.write("password", PASSWORD);
    await lab.write("lab.yaml", document);
    expect(await lab.run("up", "lab.yaml", "--yes")).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(() => lab.remove());

  const versions = async (): Promise<number> => {
    const { out } = await lab.run("history", "--json");
    return (JSON.parse(out) as { versions: object[] }).versions.length; // as the guide says
  };

  test("is reset in two runs at most, each command ends well, and what waits holds no secret", async () => {
    const before = { versions: await versions(), machines: machineFacts(lab.emulator) };
    const seats = Array.from({ length: SEATS }, (_, index) => `seat-${String(index + 1).padStart(2, "0")}`);
    const files = await Promise.all(seats.map((seat) => lab.write(`${seat}.yaml`, document)));
    const waiting = await followFolder(join(lab.folder, ORDERS));
    const resets = await Promise.all(
      files.map((file, index) => lab.run("reset", file, seats[index] ?? "", "--yes")),
    );
    expect(resets.filter(({ code }) => code !== 0)).toEqual([]);
    const orders = await waiting.texts();
    expect((await versions()) - before.versions).toBeLessThanOrEqual(2);
    const kept = [...machineFacts(lab.emulator)].filter(
      ([name, { disks }]) => disks["scsi0"] === before.machines.get(name)?.disks["scsi0"],
    );
    expect(kept.map(([name]) => name)).toEqual([]);
    expect(orders.filter((order) => order.includes("seat-")).length).toBeGreaterThan(1);
    expect([...orders, ...resets.flatMap(({ out, err }) => [out, err])].join()).not.toContain(PASSWORD);
  }, 240_000);
});

/** Reads what comes into a folder and goes again. */
async function followFolder(folder: string): Promise<{ texts(): Promise<string[]> }> {
  await mkdir(folder, { recursive: true });
  const read: Promise<string>[] = [];
  const take = (name: string | null): void => {
    // What is gone again before it is read had its name for a moment only.
    if (name !== null) read.push(readFile(join(folder, name), "utf8").catch(() => ""));
  };
  const watcher = watch(folder, (_event, name) => take(name));
  for (const name of await readdir(folder)) take(name);
  return {
    texts: async () => {
      watcher.close();
      return [...new Set(await Promise.all(read))];
    },
  };
}
