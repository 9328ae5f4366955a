import { expect, test } from "vitest";
import { typeOfUrn } from "./urn.ts";

test.each([
  ["urn:pulumi:dev::lab::coppice:index:Pool::name", "coppice:index:Pool"],
  ["urn:pulumi:dev::lab::coppice:index:LabClass$coppice:index:Pool::a$b::c", "coppice:index:Pool"],
])("the type in %s is %s", (urn, type) => {
  expect(typeOfUrn(urn)).toBe(type);
});
