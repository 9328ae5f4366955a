import ts from "typescript";
import { allNodes, findingAt, type SourceRule } from "./source-rule.ts";

/** What decides on a cluster what may be removed is made and read here alone. */
const room = "packages/clusters/src/ownership/";

/** The emulator says nothing on its own, and tests say what users would see. */
const watched = /^packages\/(?!emulator\/|toolchain\/)[^/]+\/src\/(?!.*(?:\.test\.ts$|fixtures\/))/;

/** Texts as their source writes them, with `${}` for what a template puts in. */
const marks: readonly RegExp[] = [
  /managed by Coppice/,
  /coppice:\$\{\}\//,
  /\bcp-(?:\$\{\}|$|[0-9a-f]{10})/,
  /coppice-retired|coppice-data|\.coppice-|\[coppice /,
  /generation-\$\{\}|-spare$/,
  /^\^?(?:\(\?:)?(?:disks|former)[:|]/,
];

/** Finds marks, tags, notes and names of ours that are written, or looked for, outside their room. */
export const ownMarks: SourceRule = (source) => {
  if (!watched.test(source.fileName) || source.fileName.startsWith(room)) return [];
  return [...allNodes(source)].flatMap((node) => {
    const text = textOf(node);
    if (text === undefined || !(isTag(node, text) || marks.some((mark) => mark.test(text)))) return [];
    const message = `what tells whose a guest is belongs into ${room}`;
    return [findingAt(source, node.getStart(source), "own-marks", message)];
  });
};

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return node.text.slice(1);
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `\${}${literal.text}`).join("");
}

/** The tag of everything of ours is also the product's name: as an entry of a list, or looked for in one, it is the tag. */
function isTag(node: ts.Node, text: string): boolean {
  if (text !== "coppice") return false;
  const { parent } = node;
  if (ts.isArrayLiteralExpression(parent)) return true;
  const called = ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression);
  return called && ["includes", "has", "indexOf"].includes(parent.expression.name.text);
}
