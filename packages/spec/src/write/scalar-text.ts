import { stringify } from "yaml";

/** What stands for itself everywhere: also within `{ … }`. */
const BARE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Writes a value: a text bare where every reader takes it for one. */
export function scalarText(value: string | number, isQuoted: boolean): string {
  if (typeof value === "number") return String(value);
  const isText = BARE.test(value) && stringify(value, { compat: "yaml-1.1" }) === `${value}\n`;
  return isText && !isQuoted ? value : JSON.stringify(value);
}
