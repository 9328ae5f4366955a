import { type Field, type Fields, holdsSecret, type Kind, type Properties, type Shape } from "@coppice/core";
import { outputFields, resourceToken } from "../../kit/kind-properties.ts";
import type { Registry } from "../../kit/registry.ts";

/** The package schema that `pulumi package get-schema coppice` prints, made from the resources' kinds. */
export function schemaDocument(registry: Registry, version: string): string {
  const resources: Properties = Object.fromEntries(
    [...registry.values()].map(({ kind }) => [resourceToken(kind.name), resourceSpec(kind)]),
  );
  const config = { variables: { clusters: clustersSpec }, defaults: [] };
  const provider = { inputProperties: { clusters: clustersSpec } };
  return JSON.stringify({
    name: "coppice",
    version,
    config,
    provider,
    resources,
  });
}

const clustersSpec = {
  type: "string",
  description:
    "The clusters by name, as JSON: endpoint, caFile or fingerprint, token, ssh. Credentials are references.",
};

function resourceSpec(kind: Kind): Properties {
  const outputs = outputFields(kind);
  return {
    description: kind.sentence,
    properties: fieldSpecs(outputs),
    required: namesWhere(outputs, (field) => field.required === true || field.default !== undefined),
    inputProperties: fieldSpecs(kind.fields),
    requiredInputs: namesWhere(kind.fields, (field) => field.required === true),
  };
}

function fieldSpecs(fields: Fields): Properties {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, propertySpec(field)]));
}

function namesWhere(fields: Fields, isMeant: (field: Field) => boolean): string[] {
  return Object.entries(fields).flatMap(([name, field]) => (isMeant(field) ? [name] : []));
}

function propertySpec(field: Field): Properties {
  return {
    description: field.sentence,
    ...typeSpec(field),
    ...(holdsSecret(field) ? { secret: true } : {}),
    ...(field.replaces === true ? { willReplaceOnChanges: true } : {}),
  };
}

/** An object with fixed fields would need a named type; in the document it is a map of anything. */
function typeSpec(shape: Shape): Properties {
  switch (shape.kind) {
    case "whole":
      return { type: "integer" };
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: typeSpec(shape.items) };
    case "map":
      return { type: "object", additionalProperties: typeSpec(shape.values) };
    case "record":
      return { type: "object", additionalProperties: anything };
    case "one-of":
      return anything;
    case "text":
    case "choice":
    case "size":
    case "duration":
      return { type: "string" };
  }
}

const anything = { $ref: "pulumi.json#/Any" };
