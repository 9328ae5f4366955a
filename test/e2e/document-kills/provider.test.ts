import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassStack } from "../class/class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { pluginOf } from "../class-crash/accident.ts";
import { type Moment, strikeAt } from "../class-crash/moment.ts";

const documentOf = (seats: number) => ({
  kind: "LabClass",
  version: 1,
  template: { vmid: 9000 },
  seats,
  storage: "nas",
  vmids: { from: 20_000, to: 20_099 },
});
const creating = { method: "POST", path: /^\/nodes\/[^/]+\/qemu$/ } as const;

/** The generic stack, run by hand, whose provider is a process of its own; the tests stand on each other. */
describe("a provider that is killed again and again, each time a step later", { timeout: 240_000 }, () => {
  let cluster: EmulatedCluster;
  let stack: ClassStack;
  beforeAll(async () => {
    cluster = await EmulatedCluster.start({ nodes: 2, timeScale: 5 });
    stack = await ClassStack.create(cluster.emulator, { example: "stacks/tenant" });
  });
  afterAll(async () => {
    await stack.remove();
    await cluster.close();
  });

  const declare = async (seats: number): Promise<void> =>
    await stack.project.configure("coppice-tenant:documents", JSON.stringify({ lab: documentOf(seats) }));
  const command = { up: ["up", "--yes", "--skip-preview"], destroy: ["destroy", "--yes", "--skip-preview"] };

  /** Runs a command in which the provider is killed; it fails, whatever else it says. */
  async function killedIn(args: readonly string[], moment: Moment): Promise<void> {
    const run = stack.start(...args);
    const watch = strikeAt(cluster.emulator, moment, () => {
      process.kill(pluginOf(run) ?? 0, "SIGKILL");
      return undefined;
    });
    const { code } = await run.finished();
    watch.stop();
    expect({ moment, hasStruck: watch.hasStruck(), code }).toEqual({ moment, hasStruck: true, code: 1 });
  }
  async function expectConverged(): Promise<void> {
    expect(await stack.failureOf("preview", "--refresh", "--expect-no-changes")).toBe("");
    expect(await cluster.control.check()).toEqual([]);
  }
  const machines = async () =>
    (await guestsAndDisks(cluster.emulator)).filter((name) => /^20\d{3}\.conf$/.test(name));

  test("while a class is made: one run more makes it", async () => {
    await declare(4);
    await killedIn(command.up, { at: "request", path: /^\/cluster\/resources$/ });
    await killedIn(command.up, { disksOf: 20_001 });
    await killedIn(command.up, { at: "request", ...creating });
    await killedIn(command.up, { at: "response", ...creating });
    expect(await stack.failureOf(...command.up)).toBe("");
    expect(await machines()).toEqual(["20001.conf", "20002.conf", "20003.conf", "20004.conf"]);
    await expectConverged();
  });

  test("while it shrinks: one run more removes what is to go", async () => {
    await declare(2);
    await killedIn(command.up, { at: "ssh", nth: 2 });
    expect(await stack.failureOf(...command.up)).toBe("");
    expect(await machines()).toEqual(["20001.conf", "20002.conf"]);
    await expectConverged();
  });

  test("while it is destroyed: one run more leaves nothing", async () => {
    await killedIn(command.destroy, { at: "ssh", nth: 2 });
    expect(await stack.failureOf(...command.destroy)).toBe("");
    expect(await guestsAndDisks(cluster.emulator)).toEqual(TEMPLATE_ONLY);
    expect(await cluster.control.check()).toEqual([]);
  });
});
