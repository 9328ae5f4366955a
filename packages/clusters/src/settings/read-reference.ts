import { isProperties, type JsonValue } from "@coppice/core";
import type { CredentialReference } from "./cluster-settings.ts";
import type { FieldReader } from "./field-reader.ts";

/** Whether the configuration came as a Pulumi secret, so that a literal in it is encrypted in the state. */
export interface ReferenceRules {
  readonly secret: boolean;
}

const forms = '{ "env": "NAME" } or { "file": "path" }';

/**
 * Reads a reference to a credential. A literal is taken only out of a Pulumi secret: the configuration of
 * a provider is kept in the state, readable unless it is secret.
 */
export function readReference(fields: FieldReader, name: string, rules: ReferenceRules): CredentialReference {
  const value = fields.raw(name);
  const reference = referenceOf(value);
  if (reference !== undefined) return reference;
  if (value === undefined) fields.refuse(name, `is missing; give ${forms}`);
  else if (typeof value !== "string") fields.refuse(name, `must be ${forms}`);
  else if (rules.secret && value !== "") return { value };
  else
    fields.refuse(
      name,
      `is a literal, which would be readable in the state; give ${forms}, or (plugin door only) set it with --secret`,
    );
  return { value: "" };
}

function referenceOf(value: JsonValue | undefined): CredentialReference | undefined {
  if (!isProperties(value) || Object.keys(value).length !== 1) return undefined;
  if (typeof value["env"] === "string" && value["env"] !== "") return { env: value["env"] };
  if (typeof value["file"] === "string" && value["file"] !== "") return { file: value["file"] };
  return undefined;
}
