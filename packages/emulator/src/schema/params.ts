/** A verified parameter: text as it was sent (booleans already `0` or `1`), or the items of an array. */
export type ParamValue = string | readonly string[];

/**
 * The verified parameters of one call, path parameters included.
 *
 * The getters trust the route's table: asking for a parameter that the table makes required never fails at run time
 * other than by a mistake in the table, which throws.
 */
export class Params {
  readonly #values: ReadonlyMap<string, ParamValue>;

  constructor(values: Iterable<readonly [string, ParamValue]>) {
    this.#values = new Map(values);
  }

  /** True when the caller sent the parameter. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The names that were sent, path parameters included. */
  names(): string[] {
    return [...this.#values.keys()];
  }

  /** A required text. */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined)
      throw new Error(`parameter '${name}' was read but is not required by the route's table`);
    return value;
  }

  /** A text, or undefined when it was not sent. */
  optionalText(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === "string" || value === undefined ? value : value.join(",");
  }

  /** A required number. */
  int(name: string): number {
    return Number(this.text(name));
  }

  /** A number, or undefined when it was not sent. */
  optionalInt(name: string): number | undefined {
    const value = this.optionalText(name);
    return value === undefined ? undefined : Number(value);
  }

  /** True when the flag was sent as true. */
  flag(name: string): boolean {
    return this.optionalText(name) === "1";
  }

  /** The flag, or undefined when it was not sent. */
  optionalFlag(name: string): boolean | undefined {
    const value = this.optionalText(name);
    return value === undefined ? undefined : value === "1";
  }

  /** The items of an array, or of a list text: split at comma, semicolon, blanks, or only at NUL when there is one. */
  list(name: string): string[] {
    const value = this.#values.get(name);
    if (value === undefined) return [];
    return typeof value === "string" ? splitList(value) : [...value];
  }

  /** Everything that was sent, except the given names. */
  rest(...without: readonly string[]): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of this.names()) {
      if (!without.includes(name)) found[name] = this.text(name);
    }
    return found;
  }
}

/** Splits a Proxmox list text (pve-common, PVE::Tools::split_list). */
export function splitList(text: string): string[] {
  const separator = text.includes("\0") ? /\0/ : /[,;\s]/;
  return text.split(separator).filter((item) => item !== "");
}
