import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { markdownPages, root, type Snippet, snippetsOf } from "./markdown.ts";

const snippets = markdownPages()
  .flatMap(snippetsOf)
  .filter(({ language }) => language === "ts");

test("there is a first stack in the README, and a guide", () => {
  const paths = snippets.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["README.md", "docs/guides/lab-class.md"]));
});

test("TypeScript of every page is right as it stands", () => {
  const files = new Map(snippets.map((snippet) => [fileOf(snippet), programOf(snippet)]));
  expect(problemsOf(files)).toEqual([]);
}, 120_000);

test("a wrong argument in a page would be found", () => {
  const file = join(root, "docs", "wrong.snippet.ts");
  const code = 'import { LabClass } from "@coppice/components";\nnew LabClass("lab", { seats: "many" });\n';
  expect(problemsOf(new Map([[file, code]])).join("\n")).toContain(
    "Type 'string' is not assignable to type 'number'",
  );
}, 120_000);

/** In the folder of its page, where imports find the packages; never written. */
function fileOf({ path, line }: Snippet): string {
  return join(root, `${path}.${line}.snippet.ts`);
}

/** A program as it is, or with the imports that it leaves out; lines that begin with an argument are a class's. */
function programOf({ code }: Snippet): string {
  if (code.includes("import ")) return code;
  const classes = [...code.matchAll(/\bnew (\w+)\(/g)].map(([, name = ""]) => name);
  if (classes.length > 0) return `import { ${classes.join(", ")} } from "@coppice/components";\n${code}`;
  return `import type { LabClassArgs } from "@coppice/components";\n({ ${code} }) satisfies Partial<LabClassArgs>;\n`;
}

function baseOptions(): unknown {
  // TypeScript's own reader types its answer as any.
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile) as {
    config: { compilerOptions: unknown };
  };
  return config.compilerOptions;
}

function problemsOf(files: ReadonlyMap<string, string>): string[] {
  const { options } = ts.convertCompilerOptionsFromJson(baseOptions(), root);
  const settings = { ...options, noEmit: true, composite: false, declaration: false, declarationMap: false };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], settings, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    return `${file?.fileName} line ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
