import type { Finding } from "../check.ts";
import { findingAt, type SourceRule } from "./source-rule.ts";

/** Notes to oneself, and orders to a checker to look away without saying why. */
const forbidden: readonly { readonly rule: string; readonly pattern: RegExp; readonly message: string }[] = [
  { rule: "todo-comment", pattern: /\/\/.*\b(?:TODO|FIXME|XXX)\b/g, message: "do it or open an issue" },
  {
    rule: "reasonless-ignore",
    pattern: /@ts-(?:ignore|nocheck)|@ts-expect-error\s*$|(?:oxlint|eslint)-disable(?!.* -- )/gm,
    message: 'checks are only switched off with a reason ("-- why")',
  },
];

/** Finds comments that no source file of ours should hold. */
export const forbiddenComment: SourceRule = (source) =>
  forbidden.flatMap(({ rule, pattern, message }) =>
    [...source.text.matchAll(pattern)].flatMap((match): Finding[] =>
      /\/\/|\/?\*/.test(lineUpTo(source.text, match.index, match[0]))
        ? [findingAt(source, match.index, rule, message)]
        : [],
    ),
  );

function lineUpTo(text: string, index: number, found: string): string {
  return text.slice(text.lastIndexOf("\n", index) + 1, index) + found.slice(0, 2);
}
