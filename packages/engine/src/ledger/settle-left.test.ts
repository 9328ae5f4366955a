import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Amounts, CoppiceError, noAmounts } from "@coppice/core";
import type { AccountEntries, Ledger } from "@coppice/database";
import { expect, onTestFinished, test } from "vitest";
import type { StateHome } from "../home/state-home.ts";
import { settleLeft } from "./settle-left.ts";
import { type StackOperation, stackOperation } from "./stack-operation.ts";

type Left = AccountEntries["reservations"][number];

/** Numbers of reservations that cannot be settled. */
const FENCED = 7;
const BROKEN = 8;
const account = { tenant: "acme", cluster: "main" };
const machines = (count: number): Amounts => ({ ...noAmounts, machines: count });
const sharing = (folder: string): StateHome => ({ folder, backend: "postgres://db/state" });

async function operationOf(home: StateHome, stack = "acme.main"): Promise<StackOperation> {
  const own = await stackOperation(home, { ...account, project: "coppice-tenant", stack }, "ada");
  if (own === undefined) throw new Error("it is a tenant's");
  return own;
}

const leftOf = ({ operation, holder }: StackOperation, more: Partial<Left> = {}): Left => {
  const own = { ...account, operation, holder, what: 'class "one"', amounts: machines(3) };
  return { ...own, fence: 1, ends: 0, lapsed: false, ...more };
};

/** What is settled of such reservations, by whoever has a stack in which nothing is. */
async function settledOf(own: StackOperation, reservations: readonly Left[]): Promise<string[]> {
  const settled: string[] = [];
  const show = () => Promise.resolve([{ ...account, holdings: [], reservations }]);
  const settle: Ledger["settle"] = async ({ fence, what }) => {
    if (fence === FENCED) throw new CoppiceError("ledger.fenced", { what: "It is over", wayOut: "Again" });
    if (fence === BROKEN)
      throw new CoppiceError("database.lost", { what: "It is gone", wayOut: "Look for it" });
    settled.push(`${fence} ${what}`);
  };
  await settleLeft({ show, settle }, own, { documents: [] });
  return settled;
}

test("of another home with the same shared state, only what lapsed is settled: its run may live", async () => {
  const [ada, grace] = [await operationOf(sharing("/ada")), await operationOf(sharing("/grace"))];
  expect(ada.operation).not.toBe(grace.operation);
  expect(await settledOf(grace, [leftOf(ada)])).toEqual([]);
  expect(await settledOf(grace, [leftOf(ada, { lapsed: true })])).toEqual(['1 class "one"']);
  expect(await settledOf(ada, [leftOf(ada)])).toEqual(['1 class "one"']);
});

test("of another stack nothing is, lapsed or not", async () => {
  const own = await operationOf(sharing("/ada"));
  const other = await operationOf(sharing("/ada"), "acme.main2");
  expect(await settledOf(own, [leftOf(other, { lapsed: true })])).toEqual([]);
});

test("homes whose state lies in the same files have one lease, so that what is left is nobody's", async () => {
  const folder = await mkdtemp(join(tmpdir(), "coppice-left-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const backend = pathToFileURL(folder).href;
  const [ada, grace] = [
    await operationOf({ folder: "/ada", backend }),
    await operationOf({ folder: "/g", backend }),
  ];
  expect(await settledOf(grace, [leftOf(ada)])).toEqual(['1 class "one"']);
});

test("what somebody took up meanwhile is passed over, and the others are settled; what else fails is told", async () => {
  const own = await operationOf(sharing("/ada"));
  const left = [leftOf(own, { fence: FENCED }), leftOf(own, { fence: 9 })];
  expect(await settledOf(own, left)).toEqual(['9 class "one"']);
  await expect(settledOf(own, [leftOf(own, { fence: BROKEN })])).rejects.toMatchObject({
    code: "database.lost",
  });
});
