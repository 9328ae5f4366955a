import {
  type DocumentKind,
  envelopeOf,
  newestVersion,
} from "../../packages/core/src/kinds/documents/document-kind.ts";
import { type JsonSchema, recordSchema } from "./shape-schema.ts";

/** The JSON Schema of documents in their newest version, by which editors propose and check while one is written. */
export function documentSchema(kinds: readonly DocumentKind[]): string {
  const envelope = recordSchema({
    sentence: "A description that Coppice applies.",
    fields: envelopeOf(kinds),
  });
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Coppice document",
    ...envelope,
    additionalProperties: true,
    // Editors take the one whose `kind` is the document's.
    anyOf: kinds.map(({ name }) => ({ $ref: `#/definitions/${name}` })),
    definitions: Object.fromEntries(kinds.map((kind) => [kind.name, kindSchema(kind, kinds)])),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function kindSchema(kind: DocumentKind, kinds: readonly DocumentKind[]): JsonSchema {
  const { sentence, named, type } = kind;
  const schema = recordSchema({ sentence, fields: { ...envelopeOf(kinds, named), ...type.fields } });
  const { kind: own, version, ...properties } = propertiesOf(schema);
  return {
    ...schema,
    properties: {
      kind: { ...own, enum: [kind.name] },
      version: { ...version, maximum: newestVersion(kind), minimum: newestVersion(kind) },
      ...properties,
    },
  };
}

function propertiesOf({ properties }: JsonSchema): Record<string, JsonSchema> {
  // as: `recordSchema` has made them.
  return properties as Record<string, JsonSchema>;
}
