import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { strikeAt } from "../class-crash/moment.ts";
import { remoteClass } from "./remote-class.ts";

/** Classes that the plugin makes at the same time, the last of them with a provider of its own. */
const program = `${remoteClass}
const clusters = new pulumi.Config("coppice").require("clusters");
const own = new pulumi.ProviderResource("coppice", "own", { clusters });
const made = ["red", "green", "blue"].map((name, index) => {
  const vmids = { from: 20000 + 10 * index, to: 20009 + 10 * index };
  const options = name === "blue" ? { provider: own } : {};
  return [name, new RemoteClass(name, { ...place, vmids, seats: 2 }, options).seats];
});
export const all = Object.fromEntries(made);
`;

describe("several classes that the plugin makes at once", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 2, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "lab-class", program });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  test("stop at Ctrl-C, and the next update finishes them", async () => {
    const run = stack.start("up", "--yes", "--skip-preview");
    const moment = { at: "request", method: "POST", path: /^\/nodes\/[^/]+\/qemu$/ } as const;
    const watch = strikeAt(emulator, moment, () => {
      run.signal("SIGINT");
      return undefined;
    });
    const { code, stdout, stderr } = await run.finished();
    watch.stop();
    expect(watch.hasStruck()).toBe(true);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/the run was cancelled|update canceled/);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
  });

  test("have each its own machines and resources, through the provider that it was given", async () => {
    const { resources = [] } = await stack.project.state();
    const pools = resources.filter(({ type }) => type === "coppice:index:OverlayPool");
    const providers = pools.map(({ urn, provider }) => [urn.split("::")[3], provider?.split("::")[3]]);
    expect(Object.fromEntries(providers)).toEqual({ red: "default", green: "default", blue: "own" });
    expect(await stack.output("all")).toMatchObject({
      red: { "seat-01": { vmid: 20_001 }, "seat-02": { vmid: 20_002 } },
      green: { "seat-01": { vmid: 20_011 }, "seat-02": { vmid: 20_012 } },
      blue: { "seat-01": { vmid: 20_021 }, "seat-02": { vmid: 20_022 } },
    });
  });

  test("say so where one fails: its resource has the error, and the others' work is kept", async () => {
    const more = 'seats: 3, ...(name === "red" ? { storage: "nowhere" } : {}) }';
    await stack.write(program.replace("seats: 2 }", more));
    const { code, stdout } = await stack.run("up", "--yes", "--skip-preview", "--continue-on-error");
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/BaseGeneration \(red\):\n {4}error: The storage 'nowhere'/);
    expect(stdout).toContain(
      "coppice:index:LabClass resource 'red' has a problem: one of its resources was not made",
    );
    await stack.write(program.replace("seats: 2 }", "seats: 3 }"));
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
  });

  test("have their resources from the version of the plugin that the program asks for", async () => {
    const asked = `new RemoteClass("green", { ...place, vmids: { from: 20010, to: 20019 }, seats: 3 }, { version: "0.1.0" });`;
    await stack.write(`${remoteClass}${asked}`);
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    const { resources = [] } = await stack.project.state();
    const providers = resources.filter(({ type }) => type === "pulumi:providers:coppice");
    expect(providers.map(({ urn }) => urn.split("::")[3])).toEqual(["default_0_1_0"]);
  });

  test("go with everything", async () => {
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});
