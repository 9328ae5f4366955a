import type { StepHook } from "@coppice/clusters";
import type { RecordedContext } from "@coppice/testkit";
import type { FaultRule } from "../../packages/emulator/src/faults/fault-rule.ts";
import type { ClassLab } from "./class-lab.ts";

/** Something that goes wrong at a step. */
export interface Trouble {
  readonly name: string;
  /** Steps that it can strike; all when absent. */
  readonly strikes?: RegExp;
  /** The phases of a step at which it strikes. */
  readonly at: readonly ("before" | "after")[];
  /** The process has ended: what the run returned never reached the engine. */
  readonly isDeath?: true;
  /** The run is asked to end, which is no failure: it says what it did and what it did not. */
  readonly isCancel?: true;
  strike(lab: ClassLab, context: RecordedContext): void | Promise<void>;
}

const files = /^(?:disks|sweep|renew|settle|bulk|remove on) /;
const changes = /^(?:change|reset|undo|free|settings|retire|drop data|leave pool) /;
const tasks = /^(?:create|remove(?! on)|clone|template|move) /;

/** The node that carries the seats of a crash story; the API is asked at another one. */
export const home = "pve2";

const rule = (name: string, added: FaultRule, strikes?: RegExp): Trouble => ({
  name,
  at: ["before"],
  ...(strikes && { strikes }),
  strike: ({ cluster }) => void cluster.control.faults.add(added),
});

const change = { path: "/nodes/.*" } as const;

/** All that may happen at any step. */
export const troubles: readonly Trouble[] = [
  {
    name: "the process dies",
    at: ["before", "after"],
    isDeath: true,
    strike: () => {
      throw new Error("the process died");
    },
  },
  { name: "Ctrl-C", at: ["before", "after"], isCancel: true, strike: (_, context) => context.cancel() },
  rule(
    "the connection breaks before the work",
    { match: { ...change, method: "PUT" }, effect: { kind: "drop", when: "before" }, times: 1 },
    changes,
  ),
  rule(
    "the connection breaks before the task",
    { match: { ...change, method: "POST" }, effect: { kind: "drop", when: "before" }, times: 1 },
    tasks,
  ),
  rule(
    "the answer is lost",
    { match: { ...change, method: "PUT" }, effect: { kind: "drop", when: "after" }, times: 1 },
    changes,
  ),
  rule(
    "the task's answer is lost",
    { match: { ...change, method: "POST" }, effect: { kind: "drop", when: "after" }, times: 1 },
    tasks,
  ),
  rule(
    "the removal's answer is lost",
    { match: { ...change, method: "DELETE" }, effect: { kind: "drop", when: "after" }, times: 1 },
    /^remove(?! on)/,
  ),
  rule("no worker starts", { effect: { kind: "no-worker" }, times: 1 }, tasks),
  rule("the task vanishes", { effect: { kind: "lost-task" }, times: 1 }, tasks),
  rule("sshd is cut in the middle", { effect: { kind: "ssh-cut", afterBytes: 2_000 }, times: 1 }, files),
  {
    name: "the node goes away",
    at: ["before"],
    strike: ({ cluster }) => cluster.control.setNode(home, { online: false }),
  },
  {
    name: "quorum is lost",
    at: ["before", "after"],
    strike: ({ cluster }) => cluster.control.expectVotes(9),
  },
];

/** One trouble at one step. */
export interface CrashCase {
  readonly trouble: Trouble;
  readonly step: string;
  readonly phase: "before" | "after";
}

/** Every trouble that can strike one of these steps. */
export function casesOf(steps: readonly string[]): CrashCase[] {
  return [...new Set(steps)].flatMap((step) =>
    troubles
      .filter(({ strikes }) => strikes?.test(step) ?? true)
      .flatMap((trouble) => trouble.at.map((phase) => ({ trouble, step, phase }))),
  );
}

/** What a call of a handler needs so that a case happens in it. */
export interface Struck {
  readonly hook: StepHook;
  readonly began: (context: RecordedContext) => void;
}

/** Makes trouble at one step; after a death the process does nothing more. */
export function troubleAt(lab: ClassLab, { trouble, step, phase }: CrashCase): Struck {
  let isDead = false;
  let running: RecordedContext | undefined;
  const visit = async (name: string, now: "before" | "after") => {
    if (isDead) throw new Error("a dead process does nothing");
    if (name !== step || now !== phase) return;
    isDead = trouble.isDeath === true;
    if (running === undefined) throw new Error("a step before the call began");
    await trouble.strike(lab, running);
  };
  return {
    hook: { before: (name) => visit(name, "before"), after: (name) => visit(name, "after") },
    began: (context) => {
      running = context;
    },
  };
}

/** Takes the trouble away: the node is back, the cluster quorate, and a new process connects. */
export async function recover({ cluster }: ClassLab): Promise<void> {
  cluster.control.faults.clear();
  cluster.control.setNode(home, { online: true });
  await cluster.control.expectVotes(undefined);
  await cluster.reconnect();
}

/** A hook that writes down the steps of a run. */
export function recorder(steps: string[]): StepHook {
  return {
    before: async (name) => {
      steps.push(name);
    },
    after: async () => undefined,
  };
}
