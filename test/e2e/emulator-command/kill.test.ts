import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { SeededRandom } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Api } from "./api.ts";
import { EmulatorProcess } from "./emulator-process.ts";

const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-emulator-kill-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What was answered as finished, and so must be there after any end of the process. */
interface Finished {
  readonly guests: Map<number, "made" | "named" | "started">;
  readonly deleted: Set<number>;
}

/** Makes, names, starts and deletes guests until the emulator is gone. */
async function work(api: Api, first: number, finished: Finished): Promise<void> {
  for (let vmid = first; ; vmid += 1) {
    const guest = `/nodes/pve1/qemu/${vmid}`;
    await api.done("POST", "/nodes/pve1/qemu", {
      vmid: String(vmid),
      memory: "64",
      scsi0: "local:1,format=qcow2",
    });
    finished.guests.set(vmid, "made");
    await api.done("PUT", `${guest}/config`, { name: `seat-${vmid}` });
    finished.guests.set(vmid, "named");
    await api.done("POST", `${guest}/status/start`);
    finished.guests.set(vmid, "started");
    if (vmid % 3 !== 0) continue;
    // A stop that was not answered may have been done.
    finished.guests.set(vmid, "named");
    await api.done("POST", `${guest}/status/stop`);
    // From here on it may be gone, and once answered it must be.
    finished.guests.delete(vmid);
    await api.done("DELETE", guest);
    finished.deleted.add(vmid);
  }
}

/** What the check tells about finished guests; half-made ones are as a power cut leaves them. */
async function problems(emulator: EmulatorProcess, { guests }: Finished): Promise<string[]> {
  const [url = "", ...authorization] = emulator.field("control").split(" ");
  const headers = { authorization: authorization.slice(1).join(" ") };
  const answer: unknown = await (await fetch(`${url}/check`, { headers })).json();
  const lines = Array.isArray(answer) ? answer.map(String) : [`the check answered ${JSON.stringify(answer)}`];
  return lines.filter((line) => {
    const vmid = Number(/\b(?:guest|vm-|vmid )(\d+)/.exec(line)?.[1] ?? /(\d{3,})/.exec(line)?.[1]);
    return Number.isNaN(vmid) || guests.has(vmid);
  });
}

async function verify(api: Api, { guests, deleted }: Finished): Promise<void> {
  for (const [vmid, state] of guests) {
    const config = await api.call("GET", `/nodes/pve1/qemu/${vmid}/config`);
    expect(config).toMatchObject({ scsi0: expect.stringContaining(`vm-${vmid}-disk-0.qcow2`) });
    if (state !== "made") expect(config).toMatchObject({ name: `seat-${vmid}` });
    const status = state === "started" ? "running" : undefined;
    const current = await api.call("GET", `/nodes/pve1/qemu/${vmid}/status/current`);
    if (status !== undefined) expect(current).toMatchObject({ status });
  }
  for (const vmid of deleted) {
    await expect(api.call("GET", `/nodes/pve1/qemu/${vmid}/config`)).rejects.toThrow("does not exist");
  }
}

describe("kill -9 in the middle of work", () => {
  const random = new SeededRandom(4);
  const finished: Finished = { guests: new Map(), deleted: new Set() };
  const rounds = [0, 1, 2, 3].map((round) => [round, random.integer(100, 1500)] as const);

  test.each(rounds)(
    "round %i, after %i ms: what was answered is there after a restart",
    async (round, ms) => {
      const data = join(folder, "data");
      const emulator = await EmulatorProcess.start("--nodes", "1", "--data", data);
      const api = new Api(emulator);
      await verify(api, finished);
      expect(await problems(emulator, finished)).toEqual([]);
      const cut = [0, 1].map((worker) =>
        work(api, 1000 + round * 1000 + worker * 500, finished).catch((error: Error) => error.message),
      );
      await pause(ms);
      expect(await emulator.end("SIGKILL")).toBeNull();
      for (const reason of await Promise.all(cut))
        expect(reason).toMatch(/ECONNRESET|ECONNREFUSED|socket hang up/);
      api.close();
    },
  );

  test("after the last one too, with the same token, key and certificate authority", async () => {
    const data = join(folder, "data");
    const emulator = await EmulatorProcess.start("--data", data);
    const api = new Api(emulator);
    expect(finished.guests.size).toBeGreaterThan(2);
    await verify(api, finished);
    expect(await problems(emulator, finished)).toEqual([]);
    api.close();
    expect(await emulator.end("SIGINT")).toBe(0);
    expect(existsSync(data)).toBe(true);
  });

  test("the next start removes the temporary folder of a killed one, and neither a living one's nor a named one", async () => {
    const named = join(tmpdir(), "coppice-emulator-named0");
    const folderOf = (emulator: EmulatorProcess) => emulator.field("data");
    const killed = await EmulatorProcess.start("--nodes", "1");
    const kept = await EmulatorProcess.start("--nodes", "1", "--data", named);
    const living = await EmulatorProcess.start("--nodes", "1");
    for (const one of [killed, kept]) await one.end("SIGKILL");
    expect(existsSync(folderOf(killed))).toBe(true);
    const next = await EmulatorProcess.start("--nodes", "1");
    expect([killed, kept, living, next].map((one) => existsSync(folderOf(one)))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    for (const one of [living, next]) await one.end("SIGINT");
    rmSync(named, { recursive: true });
  });

  test("nothing that ran inside a node outlives the emulator", async () => {
    const emulator = await EmulatorProcess.start("--nodes", "1", "--data", join(folder, "inside"));
    const [program = "", ...args] = emulator.field("SSH").split(" ");
    const mark = `40${process.pid}`;
    const session = run(program, ["-o", "BatchMode=yes", ...args, `sleep ${mark}`]).catch(() => undefined);
    const sleeping = async () =>
      (await run("pgrep", ["-f", `^sleep ${mark}$`]).catch(() => ({ stdout: "" }))).stdout;
    while ((await sleeping()) === "") await pause(20);
    await emulator.end("SIGKILL");
    await session;
    const deadline = Date.now() + 5000;
    while ((await sleeping()) !== "" && Date.now() < deadline) await pause(20);
    expect(await sleeping()).toBe("");
  });
});
