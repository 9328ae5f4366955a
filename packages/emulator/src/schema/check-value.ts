import { formats } from "./formats.ts";
import type { ParamSpec, PropertyFormat } from "./param-table.ts";
import { splitList } from "./params.ts";
import { parsePropertyString } from "./property-string.ts";

/** Parameter name to what is wrong with it, in Proxmox's words. */
export type Problems = Record<string, string>;

const typePatterns: Readonly<Record<string, RegExp>> = {
  integer: /^[+-]?\d+$/,
  number: /^[+-]?(?=\d|\.\d)\d*(?:\.\d*)?(?:[Ee][+-]?\d+)?$/,
  boolean: /^[01]$/,
};

function typeProblem(spec: ParamSpec, value: string): string | undefined {
  const pattern = typePatterns[spec.type];
  if (pattern === undefined || pattern.test(value)) return undefined;
  return `type check ('${spec.type}') failed - got '${value}'`;
}

function boundProblem(spec: ParamSpec, value: string): string | undefined {
  if (spec.type !== "integer" && spec.type !== "number") return undefined;
  if (spec.maximum !== undefined && Number(value) > spec.maximum)
    return `value must have a maximum value of ${spec.maximum}`;
  if (spec.minimum !== undefined && Number(value) < spec.minimum)
    return `value must have a minimum value of ${spec.minimum}`;
  return undefined;
}

function lengthProblem(spec: ParamSpec, value: string): string | undefined {
  const length = Array.from(value).length;
  if (spec.maxLength !== undefined && length > spec.maxLength)
    return `value may only be ${spec.maxLength} characters long`;
  if (spec.minLength !== undefined && length < spec.minLength)
    return `value must be at least ${spec.minLength} characters long`;
  return undefined;
}

function patternProblem(spec: ParamSpec, value: string): string | undefined {
  if (spec.pattern === undefined) return undefined;
  return new RegExp(`^(?:${spec.pattern})$`).test(value)
    ? undefined
    : "value does not match the regex pattern";
}

function enumProblem(spec: ParamSpec, value: string): string | undefined {
  if (spec.enum === undefined || spec.enum.includes(value)) return undefined;
  return `value '${value}' does not have a value in the enumeration '${spec.enum.join(", ")}'`;
}

function namedFormatProblem(name: string, value: string): string | undefined {
  if (name.endsWith("-opt")) return value === "" ? undefined : namedFormatProblem(name.slice(0, -4), value);
  const list = /^(.+)-a?list$/.exec(name)?.[1];
  if (list === undefined) return formats[name]?.(value);
  for (const item of splitList(value)) {
    const problem = formats[list]?.(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function formatProblem(name: string, spec: ParamSpec, value: string): string | undefined {
  const { format } = spec;
  if (format === undefined) return undefined;
  if (typeof format === "string") return namedFormatProblem(format, value);
  if (typeof format === "function") return format(value);
  return propertyStringProblem(name, format, value);
}

const unknownKey = "property is not defined in schema and the schema does not allow additional properties";

function keyProblems(name: string, format: PropertyFormat, values: ReadonlyMap<string, string>): Problems {
  const problems: Problems = {};
  for (const [key, spec] of Object.entries(format.keys)) {
    const value = values.get(key);
    if (value !== undefined) checkValue(`${name}.${key}`, spec, value, problems);
    else if (spec.optional !== true)
      problems[`${name}.${key}`] = "property is missing and it is not optional";
  }
  for (const key of values.keys()) {
    if (!Object.hasOwn(format.keys, key)) problems[`${name}.${key}`] = unknownKey;
  }
  return problems;
}

/** What is wrong with a property string, without "invalid format - "; undefined when nothing is. */
export function propertyStringProblem(
  name: string,
  format: PropertyFormat,
  value: string,
): string | undefined {
  const parsed = parsePropertyString(format, value);
  if ("problem" in parsed) return `format error\n${name}: ${parsed.problem}\n`;
  const lines = Object.entries(keyProblems(name, format, parsed.values)).map(
    ([key, text]) => `${key}: ${text}`,
  );
  return lines.length === 0 ? undefined : `format error\n${lines.join("\n")}\n`;
}

/** Checks one text against its specification; what is wrong goes into `problems` under `name`. */
export function checkValue(name: string, spec: ParamSpec, value: string, problems: Problems): void {
  // The order is that of check_prop in pve-common's JSONSchema.pm: type, format, then the rest; the first problem ends it.
  const wrong = typeProblem(spec, value);
  if (wrong !== undefined) {
    problems[name] = wrong;
    return;
  }
  const format = formatProblem(name, spec, value);
  if (format !== undefined) {
    problems[name] = `invalid format - ${format.endsWith("\n") ? format : `${format}\n`}`;
    return;
  }
  const late =
    patternProblem(spec, value) ??
    lengthProblem(spec, value) ??
    boundProblem(spec, value) ??
    enumProblem(spec, value);
  if (late !== undefined) problems[name] = late;
}
