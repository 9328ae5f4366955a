import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

const folder = new URL("../packages/components/src/", import.meta.url);

/** The components and their arguments, from the doc comments of their sources. */
export function componentPage(): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isSource).sort();
  const sections = files.flatMap((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return sectionsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  });
  return ["# Components\n", ...sections].join("\n");
}

function isSource(file: string): boolean {
  return file.endsWith(".ts") && !file.endsWith(".test.ts");
}

function sectionsOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement) && isExported(statement)) return [classSection(statement)];
    if (ts.isInterfaceDeclaration(statement) && isExported(statement)) return [interfaceSection(statement)];
    return [];
  });
}

function isExported(node: ts.ClassDeclaration | ts.InterfaceDeclaration): boolean {
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function classSection(node: ts.ClassDeclaration): string {
  const outputs = node.members.filter(ts.isPropertyDeclaration).filter((member) => docOf(member) !== "");
  const rows = outputs.map((member) => `| \`${member.name.getText()}\` | ${docOf(member)} |`);
  const list = rows.length > 0 ? ["| output | |", "|---|---|", ...rows, ""] : [];
  return [`## ${node.name?.text ?? ""}\n`, `${docOf(node)}\n`, exampleOf(node), ...list].join("\n");
}

function interfaceSection(node: ts.InterfaceDeclaration): string {
  const rows = node.members.filter(ts.isPropertySignature).map((member) => {
    const optional = member.questionToken === undefined ? "required" : defaultOf(member);
    return `| \`${member.name.getText()}\` | ${docOf(member)} | ${optional} |`;
  });
  return [
    `### ${node.name.text}\n`,
    `${docOf(node)}\n`,
    "| argument | | default |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function docOf(node: ts.Node): string {
  const [first] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(first?.comment) ?? "";
  return text
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|")
    .trim();
}

function defaultOf(node: ts.Node): string {
  return tagOf(node, "default").replaceAll("|", "\\|");
}

function exampleOf(node: ts.Node): string {
  const example = tagOf(node, "example").replace(/^```\w*\n|\n```$/g, "");
  return example === "" ? "" : `\`\`\`ts\n${example}\n\`\`\`\n`;
}

function tagOf(node: ts.Node, name: string): string {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return (ts.getTextOfJSDocComment(tag?.comment) ?? "").trim();
}
