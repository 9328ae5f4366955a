import { readFile } from "node:fs/promises";
import { readDocuments } from "@coppice/spec";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { classDocument } from "./class-document.ts";
import { classProgram } from "./class-program.ts";

const inputsOf = (...texts: readonly string[]) => {
  const sources = texts.map((text, index) => ({ file: `/${index}.yaml`, text }));
  const { documents, mistakes } = readDocuments(sources, { clusters: ["main"] });
  expect(mistakes).toEqual([]);
  return documents.find(({ kind }) => kind === "LabClass")?.inputs;
};

test("the document says what the program says", () => {
  // The class's arguments are written as YAML's flow style has them too.
  const [, literal = ""] = /LabClass\("networks-101", (\{.*\})\);/s.exec(classProgram({ seats: 25 })) ?? [];
  expect(inputsOf(classDocument({ seats: 25 }))).toEqual(parse(literal));
});

test("the example is the same class, whose template has a name", async () => {
  const folder = new URL("../../../../examples/class-document/", import.meta.url);
  const files = ["networks-101.yaml", "templates.yaml"].map((file) =>
    readFile(new URL(file, folder), "utf8"),
  );
  expect(inputsOf(...(await Promise.all(files)))).toEqual(inputsOf(classDocument({ seats: 25 })));
});
