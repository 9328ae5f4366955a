import type { Unfinished } from "@coppice/clusters";
import { foldNames } from "./fold-names.ts";

/**
 * What was not done, a line for each reason: what stopped a whole node is said once, with the names of all that it
 * concerns.
 *
 * @example
 * unfinishedLines([{ item: "ada", kind: ["seat was not made", "seats were not made"], reason: "no answer" }, …])
 * // ["2 seats were not made (ada, grace): no answer"]
 */
export function unfinishedLines(unfinished: readonly Unfinished[]): string[] {
  const groups = Map.groupBy(unfinished, ({ kind, reason }) => JSON.stringify([kind, reason]));
  return [...groups.values()].map((group) => {
    const [{ item, kind, reason } = NONE] = group;
    const names = foldNames(group.map((each) => each.item).sort(byNumber)).join(", ");
    if (group.length === 1)
      return kind === undefined ? `${item}: ${reason}` : `1 ${kind[0]} (${item}): ${reason}`;
    return `${group.length} ${kind?.[1] ?? "items"} (${names}): ${reason}`;
  });
}

/** Whatever failed first: `seat-2` before `seat-10`, in every language's order alike. */
const byNumber = new Intl.Collator("en", { numeric: true }).compare;

/** A group has at least one entry, which its type cannot say. */
const NONE: Unfinished = { item: "", reason: "" };
