import type { Stray, Strays } from "@coppice/clusters";
import { wrap } from "./fit.ts";

/** The text below a line begins where its subject does. */
const INDENT = "generation  ".length;

/**
 * The lines of `coppice reconcile`: each finding with why it matters and what would mend it, then what is no finding, then
 * a verdict. None is wider than the terminal.
 */
export function straysReport(
  { strays, others, unseen }: Strays,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const below = (text: string) => wrap(text, columns - INDENT).map((line) => " ".repeat(INDENT) + line);
  const found = strays.flatMap(({ kind, what, why, mend }) => {
    const [first = "", ...rest] = below(`${what}.`);
    return [
      kind.padEnd(INDENT) + first.slice(INDENT),
      ...rest,
      ...below(`${why}.`),
      ...below(`${mend}.`),
      "",
    ];
  });
  const named = others.flatMap(({ stack, vmids }) => {
    const whose =
      stack === "" ? "a stack that its notes do not name" : `the stack ${stack}, which was not given`;
    return wrap(`Of ${whose}: ${vmids.join(", ")}. Whether they are strays only its state tells.`, columns);
  });
  const unlooked = unseen.flatMap((sentence) => wrap(`Not looked at: ${sentence}.`, columns));
  const notes = [...named, ...unlooked];
  return [...found, ...notes, ...(notes.length > 0 ? [""] : []), ...wrap(verdict(strays, unseen), columns)];
}

function verdict(strays: readonly Stray[], unseen: readonly string[]): string {
  const count = strays.length;
  if (count > 0) return `${count} ${count === 1 ? "stray" : "strays"} found. Nothing was changed.`;
  if (unseen.length > 0) return "Nothing was found where it could be looked; the rest nobody can tell.";
  return "No strays: states and cluster say the same.";
}
