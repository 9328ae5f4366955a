import ts from "typescript";
import type { Finding } from "../check.ts";
import { allNodes, findingAt, type SourceRule } from "./source-rule.ts";

/** A `.data.ts` file may be longer than others because it only holds a table: no function, no class. */
export const dataOnly: SourceRule = (source) => {
  if (!source.fileName.endsWith(".data.ts")) return [];
  return [...allNodes(source)].flatMap((node): Finding[] => {
    const logic = ts.isClassLike(node) || (ts.isFunctionLike(node) && "body" in node);
    const message = "a .data.ts file only holds data: move this into a file of its own";
    return logic ? [findingAt(source, node.getStart(source), "data-only", message)] : [];
  });
};
