import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { parseProperties } from "@coppice/core";
import { holdStack, stateHome } from "@coppice/engine";
import { RecordedContext } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRegistered } from "../../packages/cli/src/registry/open-registered.ts";
import { readCluster } from "../../packages/cli/src/registry/read-cluster.ts";
import type { RotationStep } from "../../packages/cli/src/token-rotation/rotation.ts";
import { overlayPoolWith } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";
import { poolInputs } from "./class-lab.ts";
import { idIn, RotationLab } from "./rotation-lab.ts";

const killed = new URL("rotation-process.ts", import.meta.url).pathname;
const URN = "urn:pulumi:main::coppice-tenant::coppice:index:OverlayPool::lab";

let at: RotationLab;
beforeAll(async () => {
  at = await RotationLab.start();
});
beforeEach(() => at.renew());
afterAll(() => at[Symbol.asyncDispose]());

describe("ended by a failure of the power", () => {
  const steps: readonly RotationStep[] = [
    "planned",
    "made",
    "kept",
    "granted",
    "checked",
    "swapped",
    "settled",
    "removed",
  ];

  test.each(steps)("when it was %s: the file's token is valid, and the next call finishes", async (step) => {
    await at.register();
    const child = spawn(process.execPath, [killed, step], {
      env: { ...process.env, ...at.environment },
      stdio: ["ignore", "inherit", "inherit"],
    });
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(await at.works(await at.inFile())).toBe(true);
    const { from, isOldGone } = await at.rotate();
    expect([from, isOldGone]).toEqual(["coppice@pve!classes", true]);
    expect(await at.tokens()).toEqual([idIn(await at.inFile())]);
    expect(await at.works(await at.inFile())).toBe(true);
    expect(await at.leftovers()).toEqual([]);
  });

  test("and a third token put into the file since: what was made is taken back, and that one is replaced", async () => {
    await at.register();
    await expect(at.rotate({ done: (step) => assertNot(step === "granted") })).rejects.toThrow("stopped");
    expect(await at.tokens()).toHaveLength(2);
    await writeFile(at.tokenFile, await at.makeToken("coppice@pve!third", "--privsep 0"));
    const { from, to } = await at.rotate();
    expect(from).toBe("coppice@pve!third");
    expect((await at.tokens()).sort()).toEqual(["coppice@pve!classes", to]);
  });

  function assertNot(wrong: boolean): void {
    if (wrong) throw new Error("stopped");
  }
});

describe("while something works with the old token", () => {
  test("a run of a stack on this cluster sees no failed call, and the old one goes when it has ended", async () => {
    const old = await at.register();
    const told: string[] = [];
    let rotated: ReturnType<typeof at.rotate> | undefined;
    const given = poolInputs(await at.classes.generation(), {
      roster: ["ada", "grace", "hedy"],
      method: "linked",
    });
    const inputs = parseProperties(JSON.stringify(given)) ?? {};
    const pool = overlayPoolWith();
    let isWaiting = () => {};
    const waiting = new Promise<void>((resolve) => {
      isWaiting = resolve;
    });
    const tell = (line: string) => {
      told.push(line);
      isWaiting();
    };
    const request = { who: "ada", signal: new AbortController().signal };
    await holdStack(
      stateHome(at.environment),
      { project: "coppice-tenant", stack: "acme.main" },
      request,
      async () => {
        const connection = await openRegistered(await readCluster(at.clusters, "main"), {});
        const context = new RecordedContext(URN, {}, () => connection);
        const made = pool.create(pool.check(inputs).inputs, context);
        rotated = at.rotate({ tell });
        await Promise.race([waiting, rotated]);
        expect(await at.inFile()).not.toBe(old);
        const { unfinished, state } = await made;
        expect(unfinished).toBeUndefined();
        await pool.delete({ id: "lab", state }, context);
      },
    );
    expect(await rotated).toMatchObject({ isOldGone: true });
    expect(told).toEqual(["Waiting for the run of coppice-tenant/acme.main by ada to end"]);
    expect(await at.works(old)).toBe(false);
  });

  test("runs on other clusters are not waited for", async () => {
    await at.register();
    const request = { who: "ada", signal: new AbortController().signal };
    const stack = { project: "coppice-tenant", stack: "other" };
    await holdStack(stateHome(at.environment), stack, request, async () => {
      expect(await at.rotate()).toMatchObject({ isOldGone: true });
    });
  });
});
