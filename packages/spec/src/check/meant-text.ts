import { either, valueText } from "@coppice/core";

/** Asks whether one of a few names was meant; empty without any. */
export function meantText(names: readonly string[]): string {
  return names.length === 0 ? "" : `did you mean ${either(names.map(valueText))}?`;
}
