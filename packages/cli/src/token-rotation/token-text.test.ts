import { expect, test } from "vitest";
import { idOfToken, nameOfToken, nextToken } from "./token-text.ts";

test("the id of a token is what stands before its secret", () => {
  expect(idOfToken("coppice@pve!classes=0b7c-12")).toBe("coppice@pve!classes");
  expect(idOfToken("coppice@pve!classes")).toBeUndefined();
  expect(nameOfToken("coppice@pve!classes")).toEqual({ userid: "coppice@pve", tokenid: "classes" });
});

test("the next name has one mark, however often a token was replaced", () => {
  const first = nextToken("coppice@pve!classes", "0123abcd");
  expect(first).toBe("coppice@pve!classes-0123abcd");
  expect(nextToken(first, "4567ef01")).toBe("coppice@pve!classes-4567ef01");
  expect(nextToken(first)).toMatch(/^coppice@pve!classes-[0-9a-f]{8}$/);
});
