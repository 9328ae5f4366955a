import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CoppiceError, type Kind } from "@coppice/core";
import { secret } from "@pulumi/pulumi";

/** What a document's references are looked up in. */
export interface ReferencePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative file names start here. */
  readonly folder: string;
}

type Fields = Kind["fields"];

/** A document's inputs, with a Pulumi secret where it has a reference to one: `{ env: NAME }` or `{ file: path }`. */
export function resolveReferences(fields: Fields, inputs: object, places: ReferencePlaces): object {
  const entries = Object.entries(inputs).map(([name, value]: [string, unknown]): [string, unknown] => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value !== "object" || value === null || field === undefined) return [name, value];
    if (field.secret === true) return [name, valueBehind(value, name, places)];
    return [name, field.kind === "record" ? resolveReferences(field.type.fields, value, places) : value];
  });
  return Object.fromEntries(entries);
}

/** Anything else than a reference is left to the check of the kind. */
function valueBehind(given: object, name: string, { environment, folder }: ReferencePlaces): unknown {
  if ("env" in given && typeof given.env === "string") {
    const value = environment[given.env];
    return value ? secret(value) : refuse(name, `the environment variable ${given.env} is not set`);
  }
  if ("file" in given && typeof given.file === "string") {
    const file = resolve(folder, given.file);
    return secret(textOf(file, name));
  }
  return given;
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, "utf8").trim() || refuse(name, `the file ${file} is empty`);
  } catch (cause) {
    if (CoppiceError.is(cause)) throw cause;
    return refuse(name, `the file ${file} cannot be read`);
  }
}

function refuse(name: string, why: string): never {
  throw new CoppiceError("secret.unavailable", { what: `The secret '${name}' cannot be read`, why });
}
