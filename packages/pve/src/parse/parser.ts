/** Reads an unknown JSON value or throws a {@link ShapeError}. */
export type Parser<T> = (value: unknown, where?: string) => T;

/** A value from Proxmox does not look as expected; the client turns it into a `pve.bad-response`. */
export class ShapeError extends Error {
  constructor(where: string, expected: string, found: unknown) {
    super(`${where || "the answer"} is ${describe(found)}, expected ${expected}`);
    this.name = "ShapeError";
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

/** A text; numbers become text, because 8.4 and 9.2 differ in which they send. */
export const text: Parser<string> = (value, where = "") => {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  throw new ShapeError(where, "a text", value);
};

/** A number, also when sent as a text ("memory" and "cpulimit" are, see pve-manager's JSON). */
export const number: Parser<number> = (value, where = "") => {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  throw new ShapeError(where, "a number", value);
};

/** A boolean in any of Proxmox's spellings: 1, "1", true; absent, 0, "0", "" and false are false. */
export const flag: Parser<boolean> = (value, where = "") => {
  if (value === true || value === 1 || value === "1") return true;
  if (
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === "0" ||
    value === ""
  )
    return false;
  throw new ShapeError(where, "0 or 1", value);
};

/** Nothing of interest. */
export const nothing: Parser<void> = () => undefined;

/** An object with keys of any name. */
export const record: Parser<Readonly<Record<string, unknown>>> = (value, where = "") => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ShapeError(where, "an object", value);
  // A plain JSON object: every key is a string and every value unknown.
  return value as Readonly<Record<string, unknown>>;
};

/** `undefined` where the value is absent or null, else what `parser` reads. */
export function optional<T>(parser: Parser<T>): Parser<T | undefined> {
  return (value, where) => (value === undefined || value === null ? undefined : parser(value, where));
}

/** A list; null counts as empty. */
export function list<T>(parser: Parser<T>): Parser<readonly T[]> {
  return (value, where = "") => {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) throw new ShapeError(where, "a list", value);
    return value.map((item, index) => parser(item, `${where}[${index}]`));
  };
}

type Shape = Readonly<Record<string, Parser<unknown>>>;
type Parsed<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> };

/**
 * An object with at least these fields; others are dropped.
 *
 * @example const parseGuest = shape({ vmid: number, name: optional(text) });
 */
export function shape<S extends Shape>(fields: S): Parser<Parsed<S>> {
  return (value, where = "") => {
    const source = record(value, where);
    const entries = Object.entries(fields).map(([name, parser]) => [
      name,
      parser(source[name], where ? `${where}.${name}` : name),
    ]);
    // The entries were made from exactly the fields of S, each by its own parser.
    return Object.fromEntries(entries) as Parsed<S>;
  };
}
