import type { FaultRule } from "../../packages/emulator/src/faults/fault-rule.ts";
import type { StepHook } from "../../packages/provider/src/overlay-pool/run/pool-run.ts";
import type { PoolLab } from "./pool-lab.ts";

/** Something that goes wrong at a step. */
export interface Trouble {
  readonly name: string;
  /** Steps that it can strike; all when absent. */
  readonly strikes?: RegExp;
  /** The phases of a step at which it strikes. */
  readonly at: readonly ("before" | "after")[];
  /** The process has ended: what the run returned never reached the engine. */
  readonly isDeath?: true;
  strike(lab: PoolLab): void | Promise<void>;
}

const files = /^(?:disks|sweep|renew|settle|bulk) /;
const changes = /^(?:change|reset|undo|free) /;
const tasks = /^(?:create|remove|clone|template|move) /;

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
    /^remove/,
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

/** A hook that makes trouble at one step; after a death the process does nothing more. */
export function troubleAt(lab: PoolLab, trouble: Trouble, step: string, phase: "before" | "after"): StepHook {
  let isDead = false;
  const visit = async (name: string, now: "before" | "after") => {
    if (isDead) throw new Error("a dead process does nothing");
    if (name !== step || now !== phase) return;
    isDead = trouble.isDeath === true;
    await trouble.strike(lab);
  };
  return { before: (name) => visit(name, "before"), after: (name) => visit(name, "after") };
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
