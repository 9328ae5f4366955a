import type { BaseGenerationInputs, Mistake, Properties } from "@coppice/core";

/**
 * Generations of a class count by one: a number that was passed by says of some seats that they stand on what nobody
 * published, and one that was given already stands on other disks (a generation never changes).
 */
export function countsByOne(former: Properties, { class: name, number }: BaseGenerationInputs): Mistake[] {
  const last = former["number"];
  if (former["class"] !== name || typeof last !== "number" || typeof number !== "number") return [];
  if (number === last || number === last + 1) return [];
  const why =
    number < last ? "was published already, or passed by" : `would pass by ${passedBy(last + 1, number - 1)}`;
  return [
    { path: ["number"], reason: `is ${number}, which ${why}: the last is ${last}, so choose ${last + 1}` },
  ];
}

function passedBy(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`;
}
