import type { Field, Fields, RecordType, Shape } from "../../packages/core/src/description/field.ts";
import { valueText } from "../../packages/core/src/description/value-text.ts";
import { defaultText, fieldDoc } from "../field-doc.ts";
import { namedTypes } from "../named-types.ts";

/** What is given, as a table with a heading for the first column. */
export function fieldTable(heading: string, fields: Fields): string {
  const rows = Object.entries(fields).map(([name, field]) => row([...cellsOf(name, field), marksOf(field)]));
  return [row([heading, "type", "", ""]), "|---|---|---|---|", ...rows, ""].join("\n");
}

/** What a run makes known, as a table. */
export function outputTable(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, field]) => row(cellsOf(name, field)));
  return [row(["output", "type", ""]), "|---|---|---|", ...rows, ""].join("\n");
}

function cellsOf(name: string, field: Field): string[] {
  return [`\`${name}\``, typeWords(field), fieldDoc(name, field)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** A section for every object with fixed fields that some fields use. */
export function recordSections(all: readonly Fields[]): string {
  return [...namedTypes(all).records.values()].map(recordSection).join("\n");
}

function recordSection({ name, sentence, fields }: RecordType): string {
  return [`### ${name}`, "", sentence, "", fieldTable("field", fields)].join("\n");
}

function marksOf(field: Field): string {
  const usual = defaultText(field);
  const marks = [
    field.required && "required",
    usual && `default \`${usual}\``,
    field.chosen && field.required === undefined && "chosen at the first preview when absent",
    field.secret && "secret",
    field.replaces && "a change replaces",
    field.late && "may be an output",
  ];
  return marks.filter(Boolean).join(", ");
}

function typeWords(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.name === "template" ? "name of a [Template](#template)" : "text";
    case "whole":
      return "whole number";
    case "flag":
      return "true or false";
    case "choice":
      return Object.keys(shape.choices)
        .map((choice) => `\`${valueText(choice)}\``)
        .join(", ");
    case "size":
      return "size";
    case "duration":
      return "duration";
    case "list":
      return `list of ${typeWords(shape.items)}`;
    case "map":
      return `${typeWords(shape.values)} by name`;
    case "record":
      return `[${shape.type.name}](#${shape.type.name.toLowerCase()})`;
    case "one-of":
      return shape.options.map(typeWords).join(" or ");
  }
}
