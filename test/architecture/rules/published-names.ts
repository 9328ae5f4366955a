import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { listFiles } from "../list-files.ts";

/** The declarations that packages export, each as `file#name`; `file#*` for all of a file. */
export type PublishedNames = ReadonlySet<string>;

/** Follows the `exports` of every package to the files in which the names are declared. */
export function publishedNames(root: string): PublishedNames {
  const manifests = listFiles(root, (file) => /^packages\/[^/]+\/package\.json$/.test(file));
  return new Set(
    manifests.flatMap((manifest) => entriesOf(root, manifest)).flatMap((entry) => namesIn(root, entry)),
  );
}

/** Sources of a package's entries: what is built to `dist` lies in `src`. */
function entriesOf(root: string, manifest: string): string[] {
  // Our own manifests, whose shape the manifest rules check.
  const { exports = {} } = JSON.parse(readFileSync(join(root, manifest), "utf8")) as {
    exports?: Readonly<Record<string, string | { readonly default?: string }>>;
  };
  return Object.values(exports).flatMap((target) => {
    const built = typeof target === "string" ? target : (target.default ?? "");
    const path = posix.join(dirname(manifest), built.replace(/^\.\/dist\//, "./src/"));
    return [path, path.replace(/\.js$/, ".ts")].filter(
      (file) => /\.[jt]s$/.test(file) && existsSync(join(root, file)),
    );
  });
}

function namesIn(root: string, entry: string): string[] {
  const source = ts.createSourceFile(entry, readFileSync(join(root, entry), "utf8"), ts.ScriptTarget.Latest);
  const elsewhere = source.statements.filter(ts.isExportDeclaration).flatMap((list) => {
    const { moduleSpecifier, exportClause } = list;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const file = posix.join(dirname(entry), moduleSpecifier.text);
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [`${file}#*`];
    return exportClause.elements.map(({ name, propertyName }) => `${file}#${(propertyName ?? name).text}`);
  });
  return [`${entry}#*`, ...elsewhere];
}
