import { urnFrom } from "@coppice/core";
import { expect, test } from "vitest";
import { generationNotes, seatDescription } from "../ownership/notes.ts";
import { judgeGuest } from "./judge-guest.ts";
import { ledgerOf } from "./ledger.ts";
import { readRecordedStack } from "./read-recorded-stack.ts";

const urn = "urn:pulumi:main::coppice-tenant::coppice:index:OverlayPool::lab";
const origin = "h3f9a0c51d2e87b4";
const provider = { type: "pulumi:providers:coppice", urn: "urn:p", inputs: { origin } };
const place = { stack: "coppice-tenant/main", cluster: "main" };

test("machines of a stack of the same name in another home are others', and none that may be removed", () => {
  const stack = readRecordedStack({ deployment: { resources: [provider] } }, place);
  expect(stack.origin).toBe(origin);
  const judge = (made: string, notes = seatDescription(made, "0123456789", "ada")) => {
    const config = {
      description: notes,
      volumes: new Set<string>(),
      standsOn: new Map(),
      hasSnapshots: false,
    };
    const guest = { vmid: 100, node: "pve1", running: false, template: false, tags: [], config };
    return judgeGuest(guest, ledgerOf([stack]), new Map());
  };
  const elsewhere = urnFrom("h000000000000000", urn);
  const others = { strays: [], other: { stack: "coppice-tenant/main of home h000000000000000", vmid: 100 } };
  expect(judge(elsewhere)).toEqual(others);
  expect(judge(elsewhere, generationNotes("0123456789", { number: 1, source: 9000 }, elsewhere))).toEqual(
    others,
  );
  expect(judge(urnFrom(origin, urn)).strays).toHaveLength(1);
  expect(judge(urn).strays).toHaveLength(1);
});
