import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import {
  appearance,
  closedNetwork,
  type FakeMachine,
  fakeGo,
  fakeMachine,
} from "../fixtures/fake-machine.ts";
import { madeFolder } from "../made/made-folder.js";
import { ENGINE } from "./engine-recipe.js";

const toolchain = fileURLToPath(new URL("../..", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(machine: FakeMachine, checkout = toolchain) {
  const program = join(checkout, "src/fixtures/ensure-engine-process.ts");
  const args = [program, machine.bin, join(machine.folder, "home"), closedNetwork];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const output = Promise.all([text(child.stdout), text(child.stderr)]).then((parts) => parts.join(""));
  return { child, output, end: once(child, "close").then(() => output) };
}

const builds = (machine: FakeMachine) => machine.calls().filter((call) => call.startsWith("go build")).length;
const draftOf = (machine: FakeMachine, pid: number | undefined) =>
  join(`${madeFolder(machine.host(), ENGINE)}.draft-${pid}`, "bin", "pulumi");

test("two processes at once build once; the second waits and finds it made", async () => {
  using machine = fakeMachine();
  const gate = join(machine.folder, "gate");
  fakeGo(machine, { gate });
  const first = start(machine);
  await appearance(draftOf(machine, first.child.pid));
  const second = start(machine);
  const waiting = new Promise<void>((resolve) => {
    second.child.stdout.on("data", (chunk) => String(chunk).includes("waiting for process") && resolve());
  });
  await waiting;
  writeFileSync(gate, "");
  expect(await first.end).toContain('"source":"build"');
  expect(await second.end).toContain('"source":"build"');
  expect(builds(machine)).toBe(1);
});

test("a builder killed with SIGKILL leaves nothing that the next one uses or trips over", async () => {
  using machine = fakeMachine();
  const gate = join(machine.folder, "gate");
  fakeGo(machine, { gate });
  const killed = start(machine);
  await appearance(draftOf(machine, killed.child.pid));
  killed.child.kill("SIGKILL");
  await killed.end.catch(() => {});
  writeFileSync(gate, "");
  const next = start(machine);
  expect(await next.end).toContain('"source":"build"');
  expect(builds(machine)).toBe(2);
  const folder = madeFolder(machine.host(), ENGINE);
  expect(readdirSync(dirname(folder))).toEqual([folder.split("/").at(-1)]);
});

test("a second checkout with the same host beside the engine takes what the first has put there", async () => {
  using machine = fakeMachine();
  fakeGo(machine);
  const other = join(machine.folder, "other", "toolchain");
  cpSync(toolchain, other, { recursive: true });
  const [first, second] = [await start(machine).end, await start(machine, other).end];
  expect(second.split("\n").at(-2)).toBe(first.split("\n").at(-2));
});
