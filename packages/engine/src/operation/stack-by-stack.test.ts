import { CoppiceError } from "@coppice/core";
import { expect, test } from "vitest";
import { stackByStack } from "./stack-by-stack.ts";
import type { StackVerdict } from "./stack-verdict.ts";

const parts = ["a", "b", "c"].map((stack) => {
  const documents = [{ kind: "LabClass", name: `class-${stack}` }];
  return { project: "coppice-tenant", stack, cluster: stack, documents };
});

const done = ({ project, stack, cluster }: (typeof parts)[number]): StackVerdict => {
  return {
    project,
    stack,
    cluster,
    verdict: { documents: [], refusals: [], warnings: [] },
    others: [],
    former: [],
  };
};

/** Fails at these stacks. */
const failing = (error: unknown, ...stacks: readonly string[]) => {
  return (part: (typeof parts)[number]): Promise<StackVerdict> =>
    stacks.includes(part.stack) ? Promise.reject(error) : Promise.resolve(done(part));
};

const told = (stacks: readonly StackVerdict[]) =>
  stacks.map(({ stack, verdict: { documents, refusals } }) => {
    return [stack, documents.map(({ change }) => change), refusals.map(({ code }) => code)];
  });

const idle = { signal: new AbortController().signal };
const locked = new CoppiceError("stack.locked", { what: "The stack is locked" });

test("what the first stack came to is told although the second one is locked, and nobody comes to the third", async () => {
  expect(told(await stackByStack(parts, idle, failing(locked, "b")))).toEqual([
    ["a", [], []],
    ["b", ["open"], ["stack.locked"]],
    ["c", ["open"], []],
  ]);
});

test("who stops while the second stack is waited for hears of the first; the stop is no failure of the second", async () => {
  const signal = AbortSignal.abort(new Error("stopped"));
  expect(told(await stackByStack(parts, { signal }, failing(signal.reason, "b")))).toEqual([
    ["a", [], []],
    ["b", ["open"], []],
    ["c", ["open"], []],
  ]);
});

test("where nothing was changed the failure is thrown, unless something was done before", async () => {
  await expect(stackByStack(parts, idle, failing(locked, "a"))).rejects.toBe(locked);
  const before = parts.slice(0, 1).map(done);
  expect(told(await stackByStack(parts.slice(1), { ...idle, before }, failing(locked, "b")))).toHaveLength(3);
});

test("a mistake of ours is thrown as ever", async () => {
  const bug = new TypeError("undefined is no function");
  await expect(stackByStack(parts, idle, failing(bug, "b"))).rejects.toBe(bug);
});
