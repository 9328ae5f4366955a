import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import { type Digest, type DigestPart, digestPartNames } from "./digest.ts";

/** How much of each part stands in the text: chance alone does not meet it, and it fits a line. */
const SHOWN = 12;

/**
 * The digest of everything that a preview was made of.
 *
 * @param parts plain values; the order of their fields counts for nothing
 * @example digestOf({ description, packages, prices, world }).text // "3f9a…-…-…-…"
 */
export function digestOf(parts: Readonly<Record<DigestPart, unknown>>): Digest {
  const sums: Readonly<Record<DigestPart, string>> = {
    description: sumOf(parts.description),
    packages: sumOf(parts.packages),
    prices: sumOf(parts.prices),
    world: sumOf(parts.world),
  };
  return { text: digestPartNames.map((name) => sums[name].slice(0, SHOWN)).join("-"), parts: sums };
}

function sumOf(part: unknown): string {
  return createHash("sha256").update(canonicalJson(part)).digest("hex");
}
