import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { holdStack, openHome } from "@coppice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descendants } from "../class-crash/descendants.ts";
import { strikeAt } from "../class-crash/moment.ts";
import { processEnded } from "../doors/process-ended.ts";
import { DocumentsLab, type Printed } from "./documents-lab.ts";

const document = `\
kind: LabClass
version: 1
name: lab
cluster: main
template: { vmid: 9000 }
seats: 6
storage: nas
`;
const up = ["up", "class.yaml", "--yes"];
const asking = { at: "request", method: "GET", path: /^\/cluster\/resources$/ } as const;
const creating = { at: "request", method: "POST", path: /^\/nodes\/[^/]+\/qemu$/ } as const;

/** One class; the tests stand on each other. */
describe("Ctrl-C", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await lab.write("class.yaml", document);
  }, 60_000);
  afterAll(() => lab.remove());

  /** Runs a command in which something happens to it at the first call that fits. */
  async function struck(
    args: readonly string[],
    at: typeof asking | typeof creating,
    happens: (child: ChildProcess) => void,
  ): Promise<Printed> {
    const child = lab.start(args);
    const watch = strikeAt(lab.emulator, at, () => {
      happens(child);
      return undefined;
    });
    const printed = await ended(child);
    watch.stop();
    expect(watch.hasStruck()).toBe(true);
    return printed;
  }
  async function ended(child: ChildProcess): Promise<Printed> {
    const printed = [child.stdout, child.stderr].map(async (pipe) => (pipe ? await text(pipe) : ""));
    await once(child, "exit");
    const [out = "", err = ""] = await Promise.all(printed);
    return { code: child.exitCode, out, err };
  }
  /** Resolves when a command has said something to people. */
  async function hears(child: ChildProcess, words: RegExp): Promise<void> {
    let said = "";
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (words.test(said)) resolve();
      });
    });
  }
  const interrupt = (child: ChildProcess): void => void child.kill("SIGINT");
  const numbers = async () => (await lab.machines()).map((line) => line.split(" ")[0]);

  test.each([
    ["preview", "class.yaml", "--json"],
    ["up", "class.yaml", "--yes", "--json"],
    ["preview", "class.yaml"],
  ])("in a preview ends `%s` before it could tell, and nothing is made", async (...args) => {
    const { code, out, err } = await struck(args, asking, interrupt);
    expect(code).toBe(130);
    expect(err).toContain("Stopping when what is in hand is done. Ctrl-C again ends it at once.");
    expect(err).toContain("stopped before this command changed any machine");
    // Half a preview is not told, so that nobody takes it for all.
    expect(out === "" ? {} : JSON.parse(out)).toMatchObject(
      args.includes("--json") ? { result: "cancelled" } : {},
    );
    expect(await numbers()).toEqual([]);
  });

  test("ends a run after the step in hand: what was made is in the state, and what is left is said", async () => {
    const { code, out } = await struck(up, creating, interrupt);
    expect(code).toBe(130);
    expect(out).toContain(
      "LabClass lab on main was begun and is not done: the same command goes on with it:",
    );
    expect(out).toMatch(/2 seats on pve1 were not made \(seat-03, seat-05\).*\[provider\.interrupted\]/);
    expect(out).toMatch(/2 seats on pve2 were not made \(seat-04, seat-06\)/);
    expect(out).toContain("Documents: 1 begun and not done");
    expect(await numbers()).toEqual(["20001", "20002"]);
    const listed = JSON.parse((await lab.run("list", "--json")).out) as { documents: object[] }; // as the guide says
    expect(listed.documents).toMatchObject([{ seats: 2, unfinished: 4 }]);
  });

  test("twice ends everything at once, and the next run goes on from there", async () => {
    let engine = 0;
    const { code, out } = await struck(up, creating, (child) => {
      [engine = 0] = descendants(child.pid ?? 0);
      interrupt(child);
      void hears(child, /Stopping when/).then(() => interrupt(child));
    });
    expect([code, out]).toEqual([130, expect.not.stringContaining("Documents: 1 begun")]);
    await processEnded(engine);
    expect(await lab.run(...up)).toMatchObject({ code: 0 });
    expect(await numbers()).toHaveLength(6);
    expect((await lab.run("preview", "class.yaml")).out).toContain("stays as it is");
    expect(await lab.emulator.control.check()).toEqual([]);
  });

  test("ends a command that waits for a stack, without an error", async () => {
    await lab.write("class.yaml", document.replace("seats: 6", "seats: 5"));
    const stack = { project: "coppice-tenant", stack: "main" };
    const { signal } = new AbortController();
    await holdStack(await openHome(lab.env), stack, { who: "ada", signal }, async () => {
      const child = lab.start(up);
      void hears(child, /in use by ada on .*waiting for it/).then(() => interrupt(child));
      const { code, err } = await ended(child);
      expect([code, err]).toEqual([130, expect.not.stringMatching(/error|abort/i)]);
    });
    expect(await numbers()).toHaveLength(6);
  });
});
