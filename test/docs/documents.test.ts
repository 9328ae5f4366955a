import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readDocuments } from "@coppice/spec";
import { expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

test("every document that a page shows is right", () => {
  const shown = markdownPages().flatMap((page) =>
    snippetsOf(page).flatMap(({ language, code }) =>
      language === "yaml" && /^kind: \w+\nversion: /m.test(code) ? [{ file: page.path, text: code }] : [],
    ),
  );
  expect(shown.length).toBeGreaterThan(2);
  for (const each of shown) {
    // A page may show a part of what belongs together.
    const surroundings = { clusters: ["main"] };
    const open = readDocuments([each], surroundings).mistakes.filter(
      ({ message }) => !/'template' is/.test(message),
    );
    expect({ file: each.file, open }).toEqual({ file: each.file, open: [] });
  }
});

test("the example's documents are right together, and describe the class of the guide", () => {
  const folder = join(root, "examples/class-document");
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const sources = files.map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  const { documents, mistakes } = readDocuments(sources, { clusters: ["main"] });
  expect(mistakes).toEqual([]);
  expect(documents.find(({ kind }) => kind === "LabClass")).toMatchObject({
    name: "networks-101",
    inputs: { template: { vmid: 9000 }, seats: 25 },
  });
});

test("an editor finds the schema that the example's documents name, without the internet", () => {
  const folder = join(root, "examples/class-document");
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  const schemas = files.map((file) => {
    const [, path = ""] =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(join(folder, file), "utf8")) ?? [];
    return { file, found: path !== "" && existsSync(join(folder, path)) };
  });
  expect(schemas).toEqual(files.map((file) => ({ file, found: true })));
});

test("the schema that the guide names is in the packages under that path", () => {
  const guide = markdownPages().find(({ path }) => path === "docs/guides/documents.md");
  const [, path = ""] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(guide?.text ?? "") ?? [];
  expect(existsSync(join(root, path))).toBe(true);
});
