import { badParameters } from "../kernel/pve-error.ts";
import { checkValue, type Problems } from "./check-value.ts";
import type { ParamSpec, ParamTable } from "./param-table.ts";
import { Params, type ParamValue } from "./params.ts";

/** Parameters as they came: form texts, or values of a JSON body. */
export type RawParams = ReadonlyMap<string, unknown>;

const unknownProperty =
  "property is not defined in schema and the schema does not allow additional properties";

/** A scalar of a form or a JSON body as text; undefined for what is no scalar. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  return undefined;
}

function checkArray(name: string, spec: ParamSpec, value: unknown, problems: Problems): ParamValue {
  const items = Array.isArray(value) ? value : [value];
  const texts = items.map((item) => scalarText(item) ?? "");
  for (const [index, text] of texts.entries()) {
    if (spec.items !== undefined) checkValue(`${name}[${index}]`, spec.items, text, problems);
  }
  return texts;
}

function checkOne(name: string, spec: ParamSpec, value: unknown, problems: Problems): ParamValue {
  if (spec.type === "array") return checkArray(name, spec, value, problems);
  const isList = typeof spec.format === "string" && /-a?list$/.test(spec.format);
  // Repeated keys of a list format are joined (pve-common, RESTHandler.pm).
  const text =
    Array.isArray(value) && isList
      ? value.map((item) => scalarText(item) ?? "").join(",")
      : scalarText(value);
  if (text === undefined) {
    problems[name] = `type check ('${spec.type}') failed - got ${Array.isArray(value) ? "ARRAY" : "HASH"}`;
    return "";
  }
  checkValue(name, spec, text, problems);
  return text;
}

/**
 * Checks raw parameters against a route's table, as `PVE::JSONSchema::validate` does, and answers them ready to use.
 * Throws 400 with every problem found.
 */
export function verifyParams(table: ParamTable, raw: RawParams, additional = false): Params {
  const problems: Problems = {};
  const values: [string, ParamValue][] = [];
  for (const [name, spec] of Object.entries(table)) {
    if (!raw.has(name) && spec.optional !== true)
      problems[name] = "property is missing and it is not optional";
  }
  for (const [name, value] of raw) {
    const spec = Object.hasOwn(table, name) ? table[name] : undefined;
    if (spec === undefined) {
      if (additional) values.push([name, scalarText(value) ?? ""]);
      else problems[name] = unknownProperty;
      continue;
    }
    if (value === null || value === undefined) continue;
    values.push([name, checkOne(name, spec, value, problems)]);
    const { requires } = spec;
    if (requires !== undefined && !raw.has(requires))
      problems[requires] = `missing property - '${name}' requires this property`;
  }
  if (Object.keys(problems).length > 0) throw badParameters(problems);
  return new Params(values);
}
