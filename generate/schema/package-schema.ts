import type { Field, Fields } from "../../packages/core/src/description/field.ts";
import type { Kind } from "../../packages/core/src/description/kind.ts";
import { holdsSecret } from "../../packages/core/src/description/shape-values.ts";
import { propertySpecs, type TypeSpec } from "./property-spec.ts";
import { typeSpecs } from "./type-specs.ts";

/** What the plugin serves. */
export interface Served {
  readonly components: readonly Kind[];
  readonly resources: readonly Kind[];
  /** What the provider itself is told. */
  readonly provider: Fields;
}

const INPUT = { isInput: true };
const OUTPUT = { isInput: false };

/** The package schema, from which hosts of other languages know what there is and SDKs are generated. */
export function packageSchema({ components, resources, provider }: Served): string {
  const told = [...components, ...resources].map(({ fields }) => fields);
  const known = [...components, ...resources].map(({ outputs }) => outputs);
  const configured = propertySpecs(provider, OUTPUT);
  const document = {
    name: "coppice",
    displayName: "Coppice",
    description: "Classes of virtual machines on Proxmox VE, each on one template's disks",
    keywords: ["category/infrastructure", "kind/native"],
    license: "Apache-2.0",
    language: languages,
    config: { variables: configured.properties },
    provider: { inputProperties: configured.properties },
    types: { ...typeSpecs(known, OUTPUT), ...typeSpecs([provider], OUTPUT), ...typeSpecs(told, INPUT) },
    resources: {
      ...byToken(components, componentSpec),
      ...byToken(resources, resourceSpec),
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function byToken(kinds: readonly Kind[], specOf: (kind: Kind) => TypeSpec): Record<string, TypeSpec> {
  return Object.fromEntries(kinds.map((kind) => [`coppice:index:${kind.name}`, specOf(kind)]));
}

/** Every SDK asks for the plugin of its own version. */
const languages = Object.fromEntries(
  ["nodejs", "python", "go", "csharp"].map((language) => [language, { respectSchemaVersion: true }] as const),
);

function componentSpec({ sentence, fields, outputs }: Kind): TypeSpec {
  const inputs = propertySpecs(fields, INPUT);
  return {
    isComponent: true,
    description: sentence,
    inputProperties: inputs.properties,
    requiredInputs: inputs.required,
    ...propertySpecs(outputs, OUTPUT),
  };
}

/** A resource shows all that it was told; what was left out is there with its default. */
function resourceSpec({ sentence, fields, outputs }: Kind): TypeSpec {
  const shown = { ...fields, ...outputs };
  const inputs = propertySpecs(fields, INPUT);
  const isThere = ({ required, default: usual }: Field) => required === true || usual !== undefined;
  return {
    description: sentence,
    inputProperties: hideSecrets(fields, inputs.properties),
    requiredInputs: inputs.required,
    properties: hideSecrets(shown, propertySpecs(shown, OUTPUT).properties),
    required: Object.entries(shown).flatMap(([name, field]) => (isThere(field) ? [name] : [])),
  };
}

/**
 * SDKs hide whole properties of a resource, which are outputs then and cannot be plain (in Go they would not compile).
 * Of a component they must hide none: what it plans by would be an output.
 */
function hideSecrets(
  fields: Fields,
  specs: Readonly<Record<string, TypeSpec>>,
): Readonly<Record<string, TypeSpec>> {
  const hidden = Object.entries(specs).map(([name, spec]): [string, TypeSpec] => {
    const field = fields[name];
    if (field === undefined || !holdsSecret(field)) return [name, spec];
    const { plain: _plain, ...rest } = spec;
    return [name, { ...rest, secret: true }];
  });
  return Object.fromEntries(hidden);
}
