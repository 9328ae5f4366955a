import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "./class-stack.ts";

const program = `import { readFileSync } from "node:fs";
import { BaseGeneration, OverlayPool, Pool } from "@coppice/components";

const more = JSON.parse(readFileSync("more.json", "utf8"));
const vmids = { from: 20000, to: 20099 };
const members = new Pool("lab", { poolid: "lab" });
const first = new BaseGeneration("lab", { class: "lab", number: 1, source: 9000, storage: "nas", vmids });
const { number, storage, shared, owned, copies, disks, config } = first;
const base = { number, storage, shared, owned, copies, disks, config };
const pool = new OverlayPool("lab", { class: "lab", base, vmids, roster: ["ada"], pool: members.poolid, ...more });
export const vmid = pool.seats.apply((seats) => seats.ada.vmid);
`;

const title = "resources without a component around them, behind the %s door";
describe.each(["plugin", "dynamic"] as const)(title, { timeout: 120_000 }, (door) => {
  let emulator: Emulator;
  let stack: ClassStack;
  const say = (more: object) => writeFile(join(stack.project.path, "more.json"), JSON.stringify(more));

  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 1 });
    const config = { "coppice:door": door };
    stack = await ClassStack.create(emulator, { example: "lab-class", program, config });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  test("are told all that is wrong at once, each mistake in one sentence that begins with the field", async () => {
    const hardware = { vga: "qlx", memory: 4096 };
    await say({ vmids: { from: 20_099, to: 20_000 }, hardware, dataDisc: {} });
    const { code, stdout, stderr } = await stack.run("up", "--yes");
    expect(code).not.toBe(0);
    const problems = [
      ...`${stdout}${stderr}`.matchAll(
        /OverlayPool resource 'lab' has a problem: (.*) \[arguments\.wrong\]/g,
      ),
    ];
    expect([...new Set(problems.map(([, sentence]) => sentence))]).toEqual([
      "'dataDisc' is not known; did you mean 'dataDisk'?",
      "'vmids.to' is 20000, smaller than 'from', which is 20099; swap them",
      "'hardware.memory' is 4096, a number; write a size like \"4GiB\"",
      expect.stringContaining('\'hardware.vga\' is "qlx"; did you mean "qxl"? Choose "std", "qxl",'),
    ]);
  });

  test("are made by one run with its preview, a pool before the machines that it is named for", async () => {
    await say({ hardware: { vga: "qxl", memory: "1024MiB" } });
    await stack.succeeds("up", "--yes");
    const vmid = await stack.output<number>("vmid");
    const { stdout } = await emulator.shell("pve1", `qm config ${vmid}`);
    expect(stdout).toContain("\nvga: qxl\n");
    await say({ hardware: { vga: "qxl", memory: "1GiB" } });
    await stack.succeeds("preview", "--expect-no-changes");
    await stack.succeeds("destroy", "--yes", "--skip-preview");
  });
});
