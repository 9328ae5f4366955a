import { expect, test } from "vitest";
import { madeUnder, urnFrom } from "./recorded-urn.ts";

const urn = "urn:pulumi:main::coppice-tenant::coppice:index:LabClass$coppice:index:OverlayPool::lab";
const origin = "h3f9a0c51d2e87b4";

test("what a resource was made under is its URN, and the id of the state's home where there is one", () => {
  expect(urnFrom(undefined, urn)).toBe(urn);
  expect(madeUnder(urn)).toEqual({ urn });
  expect(madeUnder(urnFrom(origin, urn))).toEqual({ urn, origin });
});

test("a URN whose parts look like an id has none", () => {
  const odd = `urn:pulumi:${origin}::urn:x::coppice:index:Pool::${origin}:urn:`;
  expect(madeUnder(odd)).toEqual({ urn: odd });
});
