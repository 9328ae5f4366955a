import { judgeQuota } from "@coppice/core";
import { expect, test } from "vitest";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import { demandOf, judged, recordedClass, seats, verdictOf } from "../fixtures/judged.ts";
import { refuseAsking } from "./refuse-asking.ts";

const refusal = { message: "no", code: "quota.exceeded" } as const;
const verdict = judgeQuota({
  tenant: "acme",
  what: "classes",
  limits: { machines: 3 },
  used: seats(2),
  asked: seats(4),
});
const quota = [{ tenant: "acme", cluster: "main", verdict, unknown: [], refusal }];
const former = recordedClass("shrinks", 3, 20_001);
const tenantOf = (...vmids: readonly number[]) => {
  const members = vmids.map((vmid) => ({ vmid, amounts: seats(1) }));
  return { tenant: "acme", cluster: "main", use: { limits: { machines: 3 }, members } };
};
const tenants = [tenantOf(20_001, 20_002, 20_003)];
const documents = [
  judged("grows", { demand: demandOf(1, 3) }),
  judged("shrinks", { former, demand: demandOf(3, 1), verdict: verdictOf("shrinks", { change: "update" }) }),
  judged("other", { tenant: "umbra", demand: demandOf(0, 9) }),
];
const stacks = [
  {
    project: "coppice-tenant",
    stack: "main",
    cluster: "main",
    verdict: { documents: documents.map((each) => each.verdict), refusals: [], warnings: [] },
    others: [],
    former: [],
  },
];
const changesOf = (after: readonly StackVerdict[]) => after[0]?.verdict.documents.map(({ change }) => change);

test("only who asks for what is scarce is refused: giving back is always right", () => {
  const after = refuseAsking(stacks, { documents, quota, tenants });
  expect(changesOf(after)).toEqual(["refused", "update", "create"]);
});

test("where nobody could read the limits, whoever asks for anything of them is", () => {
  const [unread] = quota.map(({ verdict: _verdict, ...others }) => others);
  const after = refuseAsking(stacks, { documents, quota: unread ? [unread] : [], tenants: [] });
  expect(changesOf(after)).toEqual(["refused", "update", "create"]);
});

test("so is who lost machines and asks for them again, which nobody uses any more", () => {
  const lost = { former, demand: demandOf(3, 3), verdict: verdictOf("shrinks", { change: "update" }) };
  const lacking = documents.map((each) => (each.name === "shrinks" ? { ...each, ...lost } : each));
  const changes = (...vmids: readonly number[]) =>
    changesOf(refuseAsking(stacks, { documents: lacking, quota, tenants: [tenantOf(...vmids)] }));
  expect(changes(20_001, 20_002, 20_003)).toEqual(["refused", "update", "create"]);
  expect(changes(20_001)).toEqual(["refused", "refused", "create"]);
});
