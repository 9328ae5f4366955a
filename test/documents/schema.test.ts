import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type DocumentKind, documentKinds, type Field, type RecordType } from "@coppice/core";
import { readDocuments } from "@coppice/spec";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Description, fittingDescription, type Said } from "./fitting-documents.ts";

const schemaFile = createRequire(import.meta.url).resolve("@coppice/spec/schema");
// as: generated, and compiled by the validator, which refuses what is no schema.
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as object;
const fits = new Ajv({ strictTypes: false }).compile(schema);

function mistakesIn(document: object): string[] {
  const { mistakes } = readDocuments([{ file: "a.json", text: JSON.stringify(document) }]);
  return mistakes.map(({ message }) => message);
}

function documentOf({ kind, name, inputs }: Description): Said {
  return { kind, version: 1, name, ...inputs };
}

test("the examples fit the schema, and have no mistakes together", () => {
  const text = documentKinds.map(({ example }) => example).join("---\n");
  const { documents, mistakes } = readDocuments([{ file: "examples.yaml", text }], { clusters: [] });
  expect(mistakes).toEqual([]);
  expect(documents).toHaveLength(documentKinds.length);
  for (const each of documents) expect(fits(documentOf(each)), JSON.stringify(fits.errors)).toBe(true);
});

describe.each(documentKinds.map((kind) => [kind.name, kind] as const))("of a %s", (name, kind) => {
  test("whatever the reader takes fits the schema", () => {
    fc.assert(
      fc.property(fittingDescription(name), (description) => {
        const document = documentOf(description);
        expect(mistakesIn(document)).toEqual([]);
        expect(fits(document), JSON.stringify(fits.errors)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("what has one thing wrong, in any of its fields, is refused by both", () => {
    fc.assert(
      fc.property(fittingDescription(name), slipIn(kind), (description, slip) => {
        const document = { ...documentOf(description), ...slip };
        expect([mistakesIn(document).length > 0, fits(document)]).toEqual([true, false]);
      }),
      { numRuns: 300 },
    );
  });
});

test("what is no document of any kind is refused by both", () => {
  for (const document of [
    {},
    { kind: "Pool" },
    { kind: "Labclass", version: 1, name: "x" },
    { kind: "Pool", version: 2, name: "p", poolid: "p" },
  ])
    expect([mistakesIn(document).length > 0, fits(document)]).toEqual([true, false]);
});

/** One field with something that it cannot hold, a field that there is not, or a needed one left out. */
function slipIn({ type }: DocumentKind): fc.Arbitrary<Said> {
  const wrong = Object.entries(type.fields).flatMap(([name, field]) =>
    wrongValues(field).map((value) => ({ [name]: value })),
  );
  const needed = Object.keys(type.fields).filter((name) => type.fields[name]?.required === true);
  const missing = [...needed, "kind", "version", "name"].map((name) => ({ [name]: undefined }));
  return fc.constantFrom<Said>(
    ...wrong,
    ...missing,
    { nobodyKnows: 1 },
    { version: 7 },
    { version: "1" },
    { name: "" },
  );
}

/** An object with one wrong field. */
function wrongFields({ fields }: RecordType): Said[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    wrongValues(field).map((value) => ({ [name]: value })),
  );
}

function wrongValues(field: Field): unknown[] {
  switch (field.kind) {
    case "text":
      return [5, true, ["x"], ...(field.mayBeEmpty === true ? [] : [""]), ...(field.pattern ? ["ä b"] : [])];
    case "whole":
      return [
        "5",
        1.5,
        ...(field.from === undefined ? [] : [field.from - 1]),
        ...(field.to === undefined ? [] : [field.to + 1]),
      ];
    case "flag":
      return ["yes", 1];
    case "choice":
      return ["nobody knows", 1];
    case "size":
      return ["4GB", 4096, "GiB"];
    case "duration":
      return ["7 days", 7];
    case "list":
      return ["x", { x: 1 }, ...wrongValues(field.items as Field).map((value) => [value])]; // as: words do not matter here
    case "map":
      return ["x", ["x"], ...wrongValues(field.values as Field).map((value) => ({ "seat-01": value }))]; // as: see above
    case "record":
      return ["x", [1], { nobodyKnows: 1 }, ...wrongFields(field.type)];
    case "one-of":
      return [5, [5], { nobodyKnows: 1 }];
  }
}
