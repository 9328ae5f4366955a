import type { Field, Fields, PlainValue, RecordType, Shape } from "../../description/field.ts";
import { credentialReference } from "../configuration.ts";
import { template } from "../place-fields.ts";

/** Kept marked as secret, so that no message repeats what somebody wrote in its place. */
const REFERENCE = { kind: "record", type: credentialReference } as const;

const known = new Map<RecordType, RecordType>();

/**
 * An object in the form that a document has it in. It differs from what a program says in three ways, and in no other:
 * what is secret is a reference to where the secret lies, what is `chosen` may be left out, and a template may be the
 * name of a document. Nothing is an output of something else.
 */
export function documentType(type: RecordType): RecordType {
  const before = known.get(type);
  if (before !== undefined) return before;
  const own = { ...type, fields: documentFields(type.fields) };
  known.set(type, own);
  return own;
}

function documentFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, documentField(field)]));
}

function documentField(field: Field): Field {
  const { late: _late, required, ...words } = field;
  const isNeeded = required === true && field.chosen !== true;
  // as: what is left out is optional in every shape, which the compiler does not follow through a union.
  const own = words as Field;
  const shape = field.secret === true ? { ...REFERENCE, example: secretExample(field) } : documentShape(own);
  return { ...own, ...shape, ...(isNeeded && { required }) } as Field; // as: see above
}

/** A secret that a program has from anywhere is one that a document refers to. */
function secretExample({ example }: Field): PlainValue {
  return example ?? { env: "STUDENT_PASSWORD" };
}

function documentShape(shape: Shape): Shape {
  switch (shape.kind) {
    case "record":
      return shape.type === template ? byNameOrNumber : { kind: "record", type: documentType(shape.type) };
    case "list":
      return { kind: "list", items: documentShape(shape.items) };
    case "map":
      return { kind: "map", values: documentShape(shape.values) };
    case "one-of": {
      const options = shape.options.map(documentShape);
      return { kind: "one-of", options: options.flatMap(optionsOf) };
    }
    case "text":
    case "whole":
    case "flag":
    case "choice":
    case "size":
    case "duration":
      return shape;
  }
}

function optionsOf(shape: Shape): readonly Shape[] {
  return shape.kind === "one-of" ? shape.options : [shape];
}

const byNumber: RecordType = { ...template, name: "TemplateNumber", fields: documentFields(template.fields) };

/** A template: its number, or the name of a document of kind `Template`. */
const byNameOrNumber: Shape = {
  kind: "one-of",
  options: [
    { kind: "record", type: byNumber },
    { kind: "text", name: "template" },
  ],
};

/** Whether a shape may be the name of a template's document. */
export function mayNameTemplate(shape: Shape): boolean {
  return (
    shape.kind === "one-of" && shape.options.some((each) => each.kind === "text" && each.name === "template")
  );
}
