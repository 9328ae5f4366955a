import ts from "typescript";
import type { Finding } from "../check.ts";
import { allNodes, findingAt, type SourceRule } from "./source-rule.ts";

/** A type assertion overrules the compiler, so it says why: on its line, the line above, or above its statement. */
export const reasonlessAs: SourceRule = (source) => {
  const commented = commentedLines(source);
  return [...allNodes(source)].flatMap((node): Finding[] => {
    const keyword = assertionStart(node, source);
    if (keyword === undefined || isConstAssertion(node)) return [];
    const line = lineOf(source, keyword);
    const statementLine = lineOf(source, statementOf(node).getStart(source));
    if ([line, line - 1, statementLine - 1].some((candidate) => commented.has(candidate))) return [];
    return [findingAt(source, keyword, "reasonless-as", "say in a comment why this type assertion is true")];
  });
};

/** Where the assertion itself stands: a long expression may begin many lines earlier. */
function assertionStart(node: ts.Node, source: ts.SourceFile): number | undefined {
  if (ts.isAsExpression(node)) return node.type.getStart(source);
  return ts.isTypeAssertionExpression(node) ? node.getStart(source) : undefined;
}

function isConstAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) && node.type.getText() === "const";
}

function statementOf(node: ts.Node): ts.Node {
  let outer = node;
  while (!ts.isStatement(outer) && !ts.isClassElement(outer) && !ts.isSourceFile(outer)) outer = outer.parent;
  return outer;
}

function commentedLines(source: ts.SourceFile): Set<number> {
  const lines = new Set<number>();
  const note = ({ pos, end }: ts.CommentRange) => {
    for (let line = lineOf(source, pos); line <= lineOf(source, end); line += 1) lines.add(line);
  };
  for (const node of allNodes(source)) {
    ts.getLeadingCommentRanges(source.text, node.getFullStart())?.forEach(note);
    ts.getTrailingCommentRanges(source.text, node.getEnd())?.forEach(note);
  }
  // A comment between the last token of a node and a closing bracket belongs to no node.
  for (const [index, text] of source.text.split("\n").entries()) {
    if (/^\s*(\/\/|\/\*|\*)|[;,{(] \/\/ /.test(text)) lines.add(index);
  }
  return lines;
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line;
}
