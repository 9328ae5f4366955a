import type { StepHook } from "@coppice/clusters";
import { createPool, type PveCall, type PveClient, readPool } from "@coppice/pve";
import type { RecordedContext } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "../../packages/provider/src/resources/pool/pool.ts";
import { ClassLab, poolInputs } from "./class-lab.ts";

const node = "pve1";

describe("Ctrl-C", () => {
  let lab: ClassLab;
  let base: Awaited<ReturnType<ClassLab["generation"]>>;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1 });
    base = await lab.generation();
    await lab.cluster.control.save("fresh");
  });
  beforeEach(async () => {
    await lab.cluster.restore("fresh");
    lab.cluster.control.faults.clear();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  /** A context that is cancelled when a request that changes something is on its way. */
  const cancelledInFlight = async (): Promise<RecordedContext> => {
    const context = lab.cluster.context("Pool", "acme", {});
    const real = await context.cluster();
    const call = <T>(request: PveCall<T>): Promise<T> => {
      const answer = real.client.call(request);
      if (request.method !== "GET") context.cancel();
      return answer;
    };
    const client = { call, clock: real.client.clock } as unknown as PveClient; // pools are read and changed by calls alone
    context.cluster = async () => ({ ...real, client });
    return context;
  };

  test("leaves every change of a pool that is on its way to its end", async () => {
    const inputs = { cluster: "main", poolid: "acme", comment: "before" };
    const recorded = { id: "main/acme", state: inputs };
    const changes = [
      (context: RecordedContext) => pool.create(inputs, context),
      (context: RecordedContext) =>
        pool.update({ ...recorded, inputs: { ...inputs, comment: "after" } }, context),
      (context: RecordedContext) => pool.delete(recorded, context),
    ];
    for (const change of changes) {
      const context = await cancelledInFlight();
      await change(context);
      expect(context.signal.aborted).toBe(true);
    }
  });

  test("waits for a clone whose answer was lost, records it, and begins no other", async () => {
    let running: RecordedContext | undefined;
    const began = (context: RecordedContext) => {
      running = context;
      const { report } = context;
      context.report = (progress) => {
        report.call(context, progress);
        if (progress.verb === "wait-for-clone") context.cancel();
      };
    };
    const { faults } = lab.cluster.control;
    faults.add({
      match: { method: "POST", path: "/nodes/.*/clone" },
      effect: { kind: "drop", when: "after" },
      times: 1,
    });
    const inputs = poolInputs(base, { roster: ["ada", "grace", "hedy"], method: "linked", nodes: [node] });
    const { state, unfinished } = await lab.bring(inputs, undefined, { began });
    expect(running?.signal.aborted).toBe(true);
    expect(Object.keys(state.seats)).toContain("ada");
    expect(unfinished?.every(({ code }) => code === "provider.interrupted")).toBe(true);
    const again = await lab.bring(inputs, state);
    expect(again.unfinished).toBeUndefined();
    expect(again.state.seats).toMatchObject(state.seats);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("after the last machine is made leaves its place in the Proxmox pool to the next run", async () => {
    await createPool(lab.cluster.client, { poolid: "acme" });
    let running: RecordedContext | undefined;
    const began = (context: RecordedContext) => {
      running = context;
    };
    const hook: StepHook = {
      before: async () => undefined,
      after: async (step) => (step === "create grace" ? running?.cancel() : undefined),
    };
    const inputs = poolInputs(base, { roster: ["grace"], nodes: [node], pool: "acme" });
    const first = await lab.bring(inputs, undefined, { began, hook });
    expect(first.unfinished?.map(({ item, code }) => [item, code])).toEqual([
      ["grace", "provider.interrupted"],
    ]);
    const again = await lab.bring(inputs, first.state);
    expect([again.unfinished, again.state.seats]).toEqual([undefined, first.state.seats]);
    const members = (await readPool(lab.cluster.client, "acme"))?.members.map(({ vmid }) => vmid);
    expect(members).toEqual([first.state.seats["grace"]?.vmid]);
  });

  test("between the steps of one seat ends it there, with a code of its own, and the next run goes on", async () => {
    let running: RecordedContext | undefined;
    const steps: string[] = [];
    const hook: StepHook = {
      before: async (step) => void steps.push(step),
      after: async (step) => (step === "clone +ada" ? running?.cancel() : undefined),
    };
    const inputs = poolInputs(base, { roster: ["ada"], method: "linked", nodes: [node] });
    const { state } = await lab.bring(inputs);
    const reset = { ...inputs, reset: { ada: "x" } };
    const began = (context: RecordedContext) => {
      running = context;
    };
    const stopped = await lab.bring(reset, state, { hook, began });
    // What was begun beside the seat is taken away all the same.
    expect(steps).toEqual(["clone +ada", "remove +ada"]);
    expect(stopped.unfinished?.map(({ item, code }) => [item, code])).toEqual([
      ["ada", "provider.interrupted"],
    ]);
    const again = await lab.bring(reset, stopped.state);
    expect(again.unfinished).toBeUndefined();
    expect(lab.diff(reset, again.state).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});
