import { errorCodes } from "@coppice/core";
import { expect, test } from "vitest";
import { markdownPages } from "./markdown.ts";

test("the guide to troubleshooting speaks of codes that exist", () => {
  const page = markdownPages().find(({ path }) => path === "docs/guides/troubleshooting.md");
  const rows = page?.text.split("\n").filter((line) => line.startsWith("| `")) ?? [];
  const codes = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z]+\.[a-z-]+)`/g)]);
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.map(([, code = ""]) => code).filter((code) => !(code in errorCodes))).toEqual([]);
});
