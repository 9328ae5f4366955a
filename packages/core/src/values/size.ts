import { CoppiceError } from "../errors/coppice-error.ts";
import { formatQuantity, parseQuantity, type UnitFamily } from "./quantity.ts";

/** A whole number of bytes. */
export type Bytes = number;

/** Units of storage and memory: powers of 1024, named so that they cannot be taken for powers of 1000. */
export type SizeUnit = "KiB" | "MiB" | "GiB" | "TiB";

/** A size as people write it, checked by the compiler: `"4GiB"`, `"1.5TiB"`. */
export type SizeText = `${number}${SizeUnit}`;

const sizes: UnitFamily<SizeUnit> = {
  noun: "size",
  base: "byte",
  example: "4GiB",
  units: new Map([
    ["KiB", 2 ** 10],
    ["MiB", 2 ** 20],
    ["GiB", 2 ** 30],
    ["TiB", 2 ** 40],
  ]),
};

/** The units that a size can have. */
export const sizeUnits: readonly string[] = [...sizes.units.keys()];

/**
 * Reads a size exactly: never rounds, refuses what is not a whole number of bytes.
 *
 * @example parseSize("1.5KiB") // 1536
 */
export function parseSize(text: string): Bytes {
  return parseQuantity(text, sizes);
}

/**
 * Writes a size so that {@link parseSize} gives the same number back.
 *
 * @example formatSize(1536 * 2 ** 20) // "1536MiB"
 */
export function formatSize(bytes: Bytes): SizeText {
  return formatQuantity(bytes, sizes);
}

/**
 * A size as a sentence has it, rounded to three digits; {@link formatSize} is for what is read again.
 *
 * @example sizeWords(73_142_763_520) // "68.1 GiB"
 */
export function sizeWords(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
  let [amount, unit] = [bytes, 0];
  // What would be rounded to 1024 of a unit is one of the next.
  while (amount >= 1023.5 && unit < units.length - 1) [amount, unit] = [amount / 1024, unit + 1];
  return `${Number(amount.toPrecision(amount >= 1000 ? 4 : 3))} ${units[unit]}`;
}

/**
 * Reads a memory size as the whole MiB that Proxmox counts guest memory in.
 *
 * @example parseMemoryMiB("4GiB") // 4096
 */
export function parseMemoryMiB(text: string): number {
  const mebibytes = parseSize(text) / 2 ** 20;
  if (Number.isInteger(mebibytes) && mebibytes > 0) return mebibytes;
  throw new CoppiceError("unit.invalid", {
    what: `"${text}" cannot be a guest's memory`,
    why: "Proxmox counts memory in whole MiB, and a guest needs at least one",
    wayOut: 'Write it like "2048MiB" or "2GiB"',
  });
}
