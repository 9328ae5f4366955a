import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@coppice/emulator";
import type { ClassStack } from "../e2e/class/class-stack.ts";
import { keepCluster } from "./cluster-archive.ts";
import { declare, openStack } from "./recorded-program.ts";
import { clusterFile, recordings } from "./recording.ts";
import { scrubState } from "./scrub-state.ts";
import { type Story, stories } from "./stories.ts";

/** What the stories find on the cluster beside template 9000. */
const PREPARE = "pvesh create /pools --poolid lab && qm clone 9000 9001 --full && qm template 9001";

const [version] = process.argv.slice(2);
if (version === undefined) throw new Error("usage: node test/upgrade/record.ts <version>");
await recordAll(join(recordings, version));

/** Records every stack as this checkout writes it. */
async function recordAll(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const data = mkdtempSync(join(tmpdir(), "coppice-record-"));
  const emulator = await startEmulator({ nodes: 2, timeScale: 5, data, randomSeed: "upgrade" });
  try {
    const { code, stderr } = await emulator.shell("pve1", PREPARE);
    if (code !== 0) throw new Error(stderr);
    for (const story of stories) await record(emulator, story, join(folder, story.name));
  } finally {
    await emulator.stop();
  }
  await keepCluster(data, join(folder, clusterFile));
  rmSync(data, { recursive: true });
}

async function record(emulator: Emulator, story: Story, folder: string): Promise<void> {
  const { component, name, door, steps, accident } = story;
  const stack = await openStack(emulator, door);
  const declarations = steps.map((args) => ({ component, name, args }));
  const last = declarations.at(-1);
  if (last === undefined) throw new Error(`'${name}' declares nothing`);
  for (const declared of declarations.slice(0, -1)) {
    declare(stack, declared);
    await stack.printedBy("up", "--yes", "--skip-preview");
  }
  declare(stack, last);
  await bring(emulator, stack, accident);
  const kept = { declared: last, ...(door && { door }), unfinished: accident?.unfinished ?? [] };
  const state = scrubState(await stack.printedBy("stack", "export"));
  assertScrubbed(state);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "story.json"), `${JSON.stringify(kept, undefined, 2)}\n`);
  writeFileSync(join(folder, "state.json"), state);
  await stack.remove();
}

/** The last step, which an accident makes fail. */
async function bring(emulator: Emulator, stack: ClassStack, accident: Story["accident"]): Promise<void> {
  for (const fault of accident?.faults ?? []) emulator.control.faults.add(fault);
  const { code, stdout, stderr } = await stack.run("up", "--yes", "--skip-preview");
  emulator.control.faults.clear();
  if ((code === 0) === (accident !== undefined)) throw new Error(`up ended with ${code}\n${stdout}${stderr}`);
}

function assertScrubbed(state: string): void {
  for (const text of [tmpdir(), homedir(), process.cwd()])
    if (state.includes(text)) throw new Error(`the recorded state still says '${text}'`);
}
