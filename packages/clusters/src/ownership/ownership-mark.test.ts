import { urnFrom } from "@coppice/core";
import { expect, test } from "vitest";
import { claimsOf } from "./claims.ts";
import { seatDescription } from "./notes.ts";
import { ownershipMark, stackOf } from "./ownership-mark.ts";
import { retiredTag, retiredTagsOf } from "./tags.ts";

const urn = "urn:pulumi:main::coppice-tenant::coppice:index:OverlayPool::lab";
const [one, other] = ["h3f9a0c51d2e87b4", "h000000000000000"].map((origin) => urnFrom(origin, urn));

test("a mark without a home's id is what it was before there were any", () => {
  expect(ownershipMark(urn)).toMatchInlineSnapshot(`"a45cd28945"`);
  expect(retiredTag(urn, "lab")).toMatchInlineSnapshot(`"coppice-retired-2822f725"`);
});

test("two homes have different marks for the same stack and resource", () => {
  const made = [urn, one ?? "", other ?? ""];
  expect(new Set(made.map(ownershipMark)).size).toBe(3);
  expect(new Set(made.map((each) => retiredTag(each, "lab"))).size).toBe(3);
  expect(stackOf(one ?? "")).toEqual({
    project: "coppice-tenant",
    stack: "main",
    origin: "h3f9a0c51d2e87b4",
  });
});

test("notes say the home, and are read back", () => {
  expect(claimsOf(seatDescription(one ?? "", "0123456789", "ada"))).toEqual({
    marks: ["0123456789"],
    stack: "coppice-tenant/main",
    origin: "h3f9a0c51d2e87b4",
  });
});

test("a class from before its home had an id finds generations that retire under one", () => {
  const origin = "h3f9a0c51d2e87b4";
  expect(retiredTagsOf({ urn, origin }, "lab")).toEqual([
    retiredTag(urn, "lab"),
    retiredTag(one ?? "", "lab"),
  ]);
  expect(retiredTagsOf({ urn: one ?? "", origin }, "lab")).toEqual([retiredTag(one ?? "", "lab")]);
});
