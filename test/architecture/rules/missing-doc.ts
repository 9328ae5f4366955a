import ts from "typescript";
import type { Finding } from "../check.ts";
import type { PublishedNames } from "./published-names.ts";
import { findingAt, type SourceRule } from "./source-rule.ts";

type Named = ts.DeclarationStatement | ts.VariableStatement;

/**
 * Every declaration that a package exports has a doc comment; one of several overloads is enough. Names that files of
 * one package share among themselves need none: a comment there says why, or nothing.
 */
export function missingDoc(published: PublishedNames): SourceRule {
  return (source) => {
    const listed = namesInExportLists(source);
    const declarations = source.statements.filter(isDeclaration);
    const documented = new Set(declarations.filter(hasDoc).flatMap(namesOf));
    const isPublished = (name: string) =>
      published.has(`${source.fileName}#${name}`) || published.has(`${source.fileName}#*`);
    return declarations.flatMap((statement): Finding[] => {
      const names = namesOf(statement);
      const exported = isExported(statement) || names.some((name) => listed.has(name));
      if (!(exported && names.some(isPublished)) || names.every((name) => documented.has(name))) return [];
      const message = `"${names.join(", ")}" is exported by its package without a doc comment`;
      return [findingAt(source, statement.getStart(source), "missing-doc", message)];
    });
  };
}

function isDeclaration(statement: ts.Statement): statement is Named {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isVariableStatement(statement)
  );
}

function namesOf(statement: Named): string[] {
  if (!ts.isVariableStatement(statement)) return [statement.name?.text ?? "default"];
  return statement.declarationList.declarations.map(({ name }) => name.getText());
}

function isExported(statement: Named): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function hasDoc(statement: Named): boolean {
  return ts.getJSDocCommentsAndTags(statement).some(ts.isJSDoc);
}

/** Names in `export { a, b as c }` of this file's own declarations. */
function namesInExportLists(source: ts.SourceFile): Set<string> {
  const lists = source.statements.filter(ts.isExportDeclaration).filter((list) => !list.moduleSpecifier);
  return new Set(
    lists.flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
        : [],
    ),
  );
}
