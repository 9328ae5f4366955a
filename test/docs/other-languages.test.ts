import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

test("the YAML program of the page on other languages is the example that is tested", () => {
  const page = markdownPages().find(({ path }) => path === "docs/guides/other-languages.md");
  const programs = page && snippetsOf(page).filter(({ language }) => language === "yaml");
  const example = readFileSync(join(root, "examples/class-yaml/Pulumi.yaml"), "utf8");
  expect(programs?.map(({ code }) => code)).toEqual([example]);
});
