import { createHash } from "node:crypto";

/**
 * A short mark that is always the same for the same parts: the first hex digits of a SHA-256. Parts
 * are kept apart, so `["ab", "c"]` and `["a", "bc"]` differ.
 *
 * @example stableMark([stack, urn, seat]) // "9f86d081884c7d65"
 */
export function stableMark(parts: readonly string[], length = 16): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, length);
}
