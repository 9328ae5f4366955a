/**
 * One parameter of a route: the facts of Proxmox's own schema.
 *
 * @example { type: "integer", minimum: 1, maximum: 512, optional: true, default: "1" }
 */
export interface ParamSpec {
  readonly type: "string" | "integer" | "number" | "boolean" | "array";
  readonly optional?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression's source, matched against the whole text as Proxmox does. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
  /** Documentation only: Proxmox does not fill defaults in. */
  readonly default?: string;
  /** A format's name (see formats.ts), a property string's own table, or code. */
  readonly format?: string | PropertyFormat | FormatCheck;
  /** This parameter may only be sent together with that one. */
  readonly requires?: string;
  /** The items of an array. */
  readonly items?: ParamSpec;
}

/** Says what is wrong with a value, in Proxmox's words without "invalid format - "; undefined when nothing is. */
export type FormatCheck = (value: string) => string | undefined;

/** A property string such as `virtio=…,bridge=vmbr0`: its keys, one of which may be given without its name. */
export interface PropertyFormat {
  readonly keys: Readonly<Record<string, ParamSpec>>;
  /** The key whose value may stand alone at the front. */
  readonly defaultKey?: string;
  /** `virtio=AA:BB…` stands for `model=virtio,macaddr=AA:BB…`: alias to [key that takes the alias, key that takes the value]. */
  readonly keyAlias?: Readonly<Record<string, readonly [string, string]>>;
}

/** The parameters of a route by name; names like `net[n]` are expanded beforehand with {@link indexed}. */
export type ParamTable = Readonly<Record<string, ParamSpec>>;

/**
 * Expands an indexed option.
 *
 * @example indexed("net", 32, { type: "string", optional: true }) // net0 … net31
 */
export function indexed(prefix: string, count: number, spec: ParamSpec): Record<string, ParamSpec> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, spec]));
}
