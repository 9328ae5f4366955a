import type ts from "typescript";
import type { Finding } from "../check.ts";

/** A rule over one parsed source file. */
export type SourceRule = (source: ts.SourceFile) => readonly Finding[];

/** A finding at a position of a source file. */
export function findingAt(source: ts.SourceFile, position: number, rule: string, message: string): Finding {
  const { line } = source.getLineAndCharacterOfPosition(position);
  return { rule, place: `${source.fileName}:${line + 1}`, message };
}

/** Every node below (and including) `node`, parents first. */
export function* allNodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* allNodes(child);
}
