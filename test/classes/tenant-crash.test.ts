import type { StepHook } from "@coppice/clusters";
import type { TenantPoolState } from "@coppice/core";
import { createUser } from "@coppice/pve";
import type { RecordedContext } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recorder } from "./crash-faults.ts";
import { type TenantCall, TenantLab, type TenantSaid } from "./tenant-lab.ts";

/** What is done with a tenant, and where it begins. */
interface Story {
  readonly name: string;
  readonly from: string;
  readonly recorded: TenantPoolState | undefined;
  /** Absent where the tenant is removed. */
  readonly said?: TenantSaid;
}

/** What goes wrong at a step. */
interface Trouble {
  readonly name: string;
  readonly phase: "before" | "after";
  readonly isDeath?: true;
  readonly strike?: (lab: TenantLab, context: RecordedContext | undefined) => void | Promise<void>;
}

// Within a step there are only writes.
const match = { path: "/(?:access|pools).*" };
const dropped = (when: "before" | "after"): Required<Trouble>["strike"] => {
  return ({ cluster }) =>
    void cluster.control.faults.add({ match, effect: { kind: "drop", when }, times: 1 });
};
const troubles: readonly Trouble[] = [
  { name: "the process dies", phase: "before", isDeath: true },
  { name: "the process dies", phase: "after", isDeath: true },
  { name: "Ctrl-C", phase: "before", strike: (_, context) => context?.cancel() },
  { name: "Ctrl-C", phase: "after", strike: (_, context) => context?.cancel() },
  { name: "the connection breaks", phase: "before", strike: dropped("before") },
  { name: "the answer is lost", phase: "before", strike: dropped("after") },
];

describe("a tenant is as wanted after the same again, whatever happened at whichever step of", () => {
  let lab: TenantLab;
  let cases = 0;
  const stories: Story[] = [];
  beforeAll(async () => {
    lab = await TenantLab.start({ nodes: 1 });
    for (const userid of ["ada@pve", "grace@pve"])
      await createUser(lab.cluster.client, { userid, groups: [] });
    await lab.cluster.control.save("fresh");
    const recorded = await lab.bring("acme", { members: ["ada@pve"] });
    await lab.cluster.control.save("made");
    const changed = { limits: { machines: 9 }, templates: [], storages: ["local"], members: ["grace@pve"] };
    stories.push(
      { name: "its making", from: "fresh", recorded: undefined, said: { members: ["ada@pve"] } },
      { name: "a change", from: "made", recorded, said: changed },
      { name: "its removal", from: "made", recorded },
    );
  });
  afterAll(async () => {
    console.log(`crash matrix of tenants: ${cases} cases`);
    await lab[Symbol.asyncDispose]();
  });

  const tell = async ({ said }: Story, state: TenantPoolState | undefined, call: TenantCall = {}) => {
    if (said !== undefined) return await lab.bring("acme", said, state, call);
    if (state !== undefined) await lab.remove(state, call);
    return undefined;
  };
  const tokens = () => lab.cluster.shell("pve1", "grep acme /etc/pve/priv/token.cfg || true");

  function struck(trouble: Trouble, step: string): TenantCall {
    let context: RecordedContext | undefined;
    let isDead = false;
    const visit = async (name: string, phase: Trouble["phase"]) => {
      if (isDead) throw new Error("a dead process does nothing");
      if (name !== step || phase !== trouble.phase) return;
      if (trouble.isDeath) {
        isDead = true;
        throw new Error("the process died");
      }
      await trouble.strike?.(lab, context);
    };
    const hook: StepHook = {
      before: (name) => visit(name, "before"),
      after: (name) => visit(name, "after"),
    };
    return { hook, began: (own) => (context = own) };
  }

  async function recover(): Promise<void> {
    lab.cluster.control.faults.clear();
    await lab.cluster.control.expectVotes(undefined);
    await lab.cluster.reconnect();
  }

  async function tellTwice(story: Story, trouble: Trouble, step: string, wanted: string[]): Promise<void> {
    cases += 1;
    await lab.cluster.restore(story.from);
    const first = await tell(story, story.recorded, struck(trouble, step)).catch(() => undefined);
    await recover();
    const last = await tell(story, first ?? story.recorded);
    expect(await lab.users()).toEqual(wanted);
    expect(await tokens()).toBe(last === undefined ? "" : `acme@pve!coppice ${last.tokenSecret}\n`);
    if (last !== undefined) expect((await lab.read(last)).state).toEqual(last);
  }

  test.each(["its making", "a change", "its removal"])(
    "%s",
    async (name) => {
      const story = stories.find((each) => each.name === name);
      if (story === undefined) throw new Error(`there is no story '${name}'`);
      const steps: string[] = [];
      await lab.cluster.restore(story.from);
      await tell(story, story.recorded, { hook: recorder(steps) });
      const wanted = await lab.users();
      expect(steps.length).toBeGreaterThan(4);
      const problems: string[] = [];
      for (const step of steps)
        for (const trouble of troubles)
          await tellTwice(story, trouble, step, wanted).catch((error: Error) => {
            problems.push(`${trouble.name} ${trouble.phase} '${step}': ${error.message.slice(0, 400)}`);
          });
      expect(problems).toEqual([]);
    },
    240_000,
  );
});
