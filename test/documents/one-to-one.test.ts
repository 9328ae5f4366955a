import {
  type Fields,
  findKindMistakes,
  labClassKind,
  mistakeSentence,
  overlayVmPoolKind,
  type Shape,
} from "@coppice/core";
import { readDocuments } from "@coppice/spec";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { argumentsOf, byText, type Sayable } from "./argument-shapes.ts";
import { documentKind, fittingDescription, type Said } from "./fitting-documents.ts";

const reference = {
  env: { type: "string", required: false },
  file: { type: "string", required: false },
};
const template = { vmid: { type: "number", required: true } };

/** What a document can say, in the words in which arguments are told. */
function sayable(fields: Fields): Sayable {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      { type: typeOf(field), required: field.required === true },
    ]),
  );
}

function typeOf(shape: Shape): unknown {
  switch (shape.kind) {
    case "text":
      return "string";
    case "whole":
      return "number";
    case "flag":
      return "boolean";
    case "size":
      return "SizeText";
    case "duration":
      return "DurationText";
    case "choice": {
      const choices = Object.keys(shape.choices).map((each) => JSON.stringify(each));
      return choices.length === 1 ? choices[0] : { oneOf: choices.sort(byText) };
    }
    case "list":
      return { list: typeOf(shape.items) };
    case "map":
      return { map: typeOf(shape.values) };
    case "record":
      return sayable(shape.type.fields);
    case "one-of":
      return { oneOf: shape.options.map(typeOf).sort(byText) };
  }
}

/** The three things in which a document differs: no others are taken back here. */
function asDocument(args: Sayable): Sayable {
  return Object.fromEntries(
    Object.entries(args).map(([name, { type, required }]) => [
      name,
      { type: name === "password" ? reference : named(type), required: required && name !== "vmids" },
    ]),
  );
}

/** A template may be the name of a document. */
function named(type: unknown): unknown {
  if (typeof type !== "object" || type === null) return type;
  if (JSON.stringify(type) === JSON.stringify(template)) return { oneOf: ["string", template].sort(byText) };
  if ("oneOf" in type && Array.isArray(type.oneOf)) {
    const all: unknown[] = type.oneOf;
    return { oneOf: all.flatMap((each) => optionsOf(named(each))).sort(byText) };
  }
  if ("list" in type || "map" in type) return type;
  // as: neither alternatives nor a list nor a map: an object with fields.
  return asDocument(type as Sayable);
}

function optionsOf(type: unknown): unknown[] {
  return typeof type === "object" && type !== null && "oneOf" in type && Array.isArray(type.oneOf)
    ? type.oneOf
    : [type];
}

describe.each(["LabClass", "OverlayVmPool", "Pool", "TenantQuota"] as const)("a %s", (kind) => {
  test("can be told in a document as in TypeScript, field by field", () => {
    const args = argumentsOf(`${kind}Args`);
    expect(Object.keys(args).length).toBeGreaterThan(2);
    expect(sayable(documentKind(kind).type.fields)).toEqual(asDocument(args));
  });
});

/** Anything somebody might write where something else belongs. */
const slips = fc.dictionary(
  fc.constantFrom(
    "seats",
    "roster",
    "hardware",
    "network",
    "start",
    "method",
    "tags",
    "teacher",
    "reset",
    "publish",
    "renewal",
    "hardwear",
    "vmids",
  ),
  fc.constantFrom<unknown>(
    -1,
    5,
    "x",
    "",
    true,
    ["ada", "Ada", "ada"],
    { cores: 0, memory: "4GB" },
    { tag: 5000 },
    { zoe: "x" },
    { generation: 1 },
    { from: 300, to: 200 },
  ),
  { maxKeys: 4 },
);

test.each([labClassKind, overlayVmPoolKind])(
  "of a $name with mistakes a program and a document hear the same words",
  (kind) => {
    // as: the kinds of components are kinds of documents.
    const described = fittingDescription(kind.name as "LabClass" | "OverlayVmPool");
    fc.assert(
      fc.property(described, slips, ({ name, inputs: { cloudInit: _secret, ...inputs } }, slip) => {
        const said: Said = { vmids: { from: 20_000, to: 20_099 }, ...inputs, ...slip };
        const inProgram = findKindMistakes(kind, { name, inputs: said }).map(mistakeSentence);
        const text = JSON.stringify({ kind: kind.name, version: 1, name, ...said });
        const inDocument = readDocuments([{ file: "a.json", text }]).mistakes.map(({ message }) => message);
        expect(inDocument.map(withoutEnvelope).sort()).toEqual(inProgram.sort());
      }),
      { numRuns: 400 },
    );
  },
);

/** A document has three more fields, which a message on an unknown one lists. */
function withoutEnvelope(message: string): string {
  return message.replace("known are kind, version, name, ", "known are ");
}
