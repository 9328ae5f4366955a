import { noAmounts } from "@coppice/core";
import { expect, test } from "vitest";
import { demandOf, judged, recordedClass, seats, verdictOf } from "../verdicts/fixtures/judged.ts";
import { judgeTenant } from "../verdicts/quota/judge-tenant.ts";
import { readRoom } from "./read-room.ts";

const limits = { machines: 3 };
const former = recordedClass("lab", 3, 20_001);
const document = { kind: "LabClass", name: "lab", inputs: {} };
const plan = { tenant: "acme", cluster: "main", recorded: [former], given: [document] };
const question = { plan, document, peak: seats(3), isRemoval: false };
const useOf = (...vmids: readonly number[]) => {
  return { limits, members: vmids.map((vmid) => ({ vmid, amounts: seats(1) })) };
};
const read = (use: ReturnType<typeof useOf> | undefined, more: Partial<typeof question> = {}) =>
  readRoom({ tenantUse: () => Promise.resolve(use) }, { ...question, ...more }, new AbortController().signal);

test.each([
  ["are all there", [20_001, 20_002, 20_003], 0],
  ["were lost but one", [20_001], 2],
])("of machines that %s the ledger is asked for as many as the preview says", async (_, vmids, asked) => {
  const use = useOf(...vmids);
  const told = verdictOf("lab", { change: "update" });
  const documents = [judged("lab", { former, demand: demandOf(3, 3), verdict: told })];
  const { verdict } = judgeTenant({ tenant: "acme", cluster: "main", documents, recorded: [former], use });
  const reading = await read(use);
  expect(verdict?.lines).toMatchObject([{ used: reading.used.machines, asked: reading.asked.machines }]);
  expect(reading).toEqual({ limits, used: seats(3 - asked), asked: seats(asked) });
});

test("where nothing limits the tenant, what it has recorded is there; what is to go is not limited", async () => {
  expect(await read(undefined)).toEqual({ limits: {}, used: noAmounts, asked: noAmounts });
  expect(await read(useOf(), { isRemoval: true })).toMatchObject({ limits: {}, used: noAmounts });
});
