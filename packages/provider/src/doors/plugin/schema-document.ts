import type { Properties } from "@coppice/core";
import type { Registry } from "../../kit/registry.ts";
import { type PropertySchema, type ResourceSchema, resourceToken } from "../../kit/resource-schema.ts";

type Fields = Readonly<Record<string, PropertySchema>>;

/** The package schema that `pulumi package get-schema coppice` prints, made from the resources' own. */
export function schemaDocument(registry: Registry, version: string): string {
  const resources: Properties = Object.fromEntries(
    [...registry.values()].map(({ schema }) => [resourceToken(schema.name), resourceSpec(schema)]),
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

function resourceSpec(schema: ResourceSchema): Properties {
  return {
    description: schema.description,
    properties: fieldSpecs(schema.outputs),
    required: requiredNames(schema.outputs),
    inputProperties: fieldSpecs(schema.inputs),
    requiredInputs: requiredNames(schema.inputs),
  };
}

function fieldSpecs(fields: Fields): Properties {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, propertySpec(field)]));
}

function requiredNames(fields: Fields): string[] {
  return Object.entries(fields)
    .filter(([, field]) => field.required === true)
    .map(([name]) => name);
}

function propertySpec(property: PropertySchema): Properties {
  return {
    description: property.description,
    ...typeSpec(property),
    ...(property.secret === true ? { secret: true } : {}),
    ...(property.replaces === true ? { willReplaceOnChanges: true } : {}),
  };
}

/** An object with fixed fields would need a named type; in the document it is a map of anything. */
function typeSpec(property: PropertySchema): Properties {
  if (property.type === "array")
    return { type: "array", items: property.items ? typeSpec(property.items) : anything };
  if (property.type !== "object") return { type: property.type };
  return { type: "object", additionalProperties: property.values ? typeSpec(property.values) : anything };
}

const anything = { $ref: "pulumi.json#/Any" };
