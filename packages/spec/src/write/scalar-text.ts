import { stringify } from "yaml";

/** What stands for itself everywhere: also within `{ … }`. */
const BARE = /^[A-Za-z][A-Za-z0-9._-]*$/;

/** Writes a text, bare where every reader takes it for one. */
export function scalarText(text: string, isQuoted: boolean): string {
  const isText = BARE.test(text) && stringify(text, { compat: "yaml-1.1" }) === `${text}\n`;
  return isText && !isQuoted ? text : JSON.stringify(text);
}
