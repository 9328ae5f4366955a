/** One input or output of a resource. */
export interface PropertySchema {
  readonly type: "string" | "integer" | "number" | "boolean" | "array" | "object";
  /** One sentence for the reference. */
  readonly description: string;
  /** What a list holds. */
  readonly items?: PropertySchema;
  /** What an object with free keys holds. */
  readonly values?: PropertySchema;
  /** The fields of an object with fixed keys. */
  readonly fields?: Readonly<Record<string, PropertySchema>>;
  /** Must be given; on an output: always present. */
  readonly required?: boolean;
  /** Encrypted in the state and hidden in every print. */
  readonly secret?: boolean;
  /** A changed value needs a new resource. */
  readonly replaces?: boolean;
}

/** What a resource is, as data: the doors, the reference and the generated schema are made from it. */
export interface ResourceSchema {
  /** The class name, for example `Pool`; the token is `coppice:index:Pool`. */
  readonly name: string;
  /** One sentence for the reference. */
  readonly description: string;
  readonly inputs: Readonly<Record<string, PropertySchema>>;
  /** Every output, those that repeat an input too. */
  readonly outputs: Readonly<Record<string, PropertySchema>>;
}

/** Names of the top-level properties that must never be readable. */
export function secretNames(schema: ResourceSchema): ReadonlySet<string> {
  const all = [...Object.entries(schema.inputs), ...Object.entries(schema.outputs)];
  return new Set(all.filter(([, property]) => property.secret === true).map(([name]) => name));
}

/** The type token by which the plugin knows a resource, for example `coppice:index:Pool`. */
export function resourceToken(name: string): string {
  return `coppice:index:${name}`;
}
