import type { Unfinished } from "@coppice/clusters";
import { foldNames, withCode } from "@coppice/core";

/**
 * What was not done, a line for each reason, with its code: what stopped a whole node is said once, with the names of
 * all that it concerns.
 *
 * @example
 * const kind = ["seat was not made", "seats were not made"];
 * unfinishedLines([{ item: "ada", kind, code: "pve.connection", reason: "no answer" }, …])
 * // ["2 seats were not made (ada, grace): no answer [pve.connection]"]
 */
export function unfinishedLines(unfinished: readonly Unfinished[]): string[] {
  const groups = Map.groupBy(unfinished, ({ kind, code, reason }) => JSON.stringify([kind, code, reason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [withCode(`${headOf(first, group)}: ${first.reason}`, first.code)];
  });
}

function headOf({ item, kind }: Unfinished, group: readonly Unfinished[]): string {
  const names = foldNames(group.map((each) => each.item).sort(byNumber)).join(", ");
  if (group.length === 1) return kind === undefined ? item : `1 ${kind[0]} (${item})`;
  return `${group.length} ${kind?.[1] ?? "items"} (${names})`;
}

/** Whatever failed first: `seat-2` before `seat-10`, in every language's order alike. */
const byNumber = new Intl.Collator("en", { numeric: true }).compare;
