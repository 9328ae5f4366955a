import { urnFrom } from "@coppice/core";
import { expect, test } from "vitest";
import { maybeOthers } from "./maybe-others.ts";

const urn = "urn:pulumi:dev::lab::coppice:index:OverlayPool::networks-101";
type Planned = Parameters<typeof maybeOthers>[0];
const planned = (more: Partial<Planned> = {}) => {
  const seat = { seat: "seat-01", verb: "make", vmid: 20_000, node: "pve1", place: 0, found: true };
  // as: no more of a class is looked at.
  return { inputs: { class: "networks-101" }, plan: { seats: [seat], foreign: [] }, ...more } as Planned;
};

test("whoever cannot tell an interrupted run from another's class is asked to think", () => {
  expect(maybeOthers(planned(), urn)).toEqual([
    expect.stringMatching(
      /^This state knows nothing of class 'networks-101', and 1 machine with its mark stands there\./,
    ),
  ]);
});

test("nothing is said where it can be told, or the class is known", () => {
  expect(maybeOthers(planned(), urnFrom("h3f9a0c51d2e87b4", urn))).toEqual([]);
  const recorded = {} as NonNullable<Planned["recorded"]>; // as: only whether there is one counts
  expect(maybeOthers(planned({ recorded }), urn)).toEqual([]);
  expect(maybeOthers(planned({ plan: { seats: [], foreign: [] } }), urn)).toEqual([]);
});
