/** An answer's row as a record, for printing; anything else counts as empty. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // as: the check leaves exactly the values that can be read by key.
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export function asRows(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

export function cell(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
