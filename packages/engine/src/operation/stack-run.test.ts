import { expect, test } from "vitest";
import type { OperationParts } from "./operation-parts.ts";
import { runStack, type StackStep } from "./stack-run.ts";

const document = { kind: "LabClass", name: "networks-101", inputs: {} };
const plan = {
  project: "coppice-tenant",
  stack: "main",
  cluster: "main",
  given: [document],
  recorded: [],
  declared: [],
  isPending: false,
};
const order = { documents: [], clusters: {}, environment: {}, message: "", who: "ada" };

/** A run that is stopped. */
async function stopped(step: Pick<StackStep, "verb" | "isTrial">, signal: AbortSignal) {
  const outcome = { result: "cancelled", changes: {}, failures: [], left: [] } as const;
  const parts: OperationParts = {
    home: { folder: "/nowhere", backend: "file:///nowhere", variables: {} },
    pulumi: "pulumi",
    environment: {},
    run: () => Promise.resolve(outcome),
    guestsOf: () => Promise.resolve([]),
    ledger: { ledger: () => Promise.reject(new Error("nobody has a tenant")) },
    tenantUse: () => Promise.resolve(undefined),
    knock: () => Promise.resolve(),
    capacityOf: () => Promise.resolve({ nodes: [], storages: [] }),
    versions: {},
  };
  const whole = { documents: [document], targets: [document], ...step };
  return await runStack(parts, { plan, order, step: whole }, { signal, tell: () => undefined });
}

const looks: readonly Pick<StackStep, "verb" | "isTrial">[] = [
  { verb: "preview" },
  { verb: "refresh", isTrial: true },
];

test.each(looks)("a look ($verb) that was cut off is no answer: who stopped it hears that", async (step) => {
  const reason = new Error("stopped");
  await expect(stopped(step, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("a run that changes something tells what it came to, also where it was stopped", async () => {
  const { verdict } = await stopped({ verb: "up" }, AbortSignal.abort(new Error("stopped")));
  expect(verdict.documents).toMatchObject([{ name: "networks-101", change: "open" }]);
});
