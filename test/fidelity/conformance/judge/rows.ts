/** An object of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. */
export function isRow(value: unknown): value is Row {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Which field tells rows of a list apart, the surest first. */
const keys =
  "upid volid id vmid userid groupid roleid tokenid realm poolid storage iface key name subdir n sid cidr zone vnet pos".split(
    " ",
  );

/** The field that every row of a list has, each with another value; undefined where there is none. */
export function keyOf(list: readonly unknown[]): string | undefined {
  return keys.find((key) => {
    const values = list.map((row) => (isRow(row) ? row[key] : undefined));
    return (
      list.length > 0 && values.every((value) => value !== undefined) && new Set(values).size === list.length
    );
  });
}
