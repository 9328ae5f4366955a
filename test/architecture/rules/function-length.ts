import ts from "typescript";
import type { Finding } from "../check.ts";
import { allNodes, findingAt, type SourceRule } from "./source-rule.ts";

const longest = 50;

/** No function is longer than 50 lines, comments and blank lines included; `describe` blocks only group. */
export const functionLength: SourceRule = (source) =>
  [...allNodes(source)].flatMap((node): Finding[] => {
    if (!ts.isFunctionLike(node) || !("body" in node) || isDescribeCallback(node)) return [];
    const start = node.getStart(source);
    const first = source.getLineAndCharacterOfPosition(start).line;
    const length = source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
    if (length <= longest) return [];
    const message = `this function has ${length} lines, at most ${longest} are allowed: move a part out`;
    return [findingAt(source, start, "function-length", message)];
  });

function isDescribeCallback({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^describe(Unless)?\b/.test(parent.expression.getText());
}
