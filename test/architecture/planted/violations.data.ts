/** A file that breaks one rule of one check, and the name that the check must report. */
export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const core = "packages/core/src";

/** Rules of oxlint; each file stands alone. */
export const lintViolations: readonly Violation[] = [
  { rule: "eslint(max-lines)", file: `${core}/long-file.ts`, text: "export {};\n".repeat(301) },
  { rule: "import(no-default-export)", file: `${core}/default.ts`, text: "export default 1;\n" },
  {
    rule: "typescript(no-explicit-any)",
    file: `${core}/any.ts`,
    text: "export const a = (b: any) => typeof b;\n",
  },
  {
    rule: "typescript(no-floating-promises)",
    file: `${core}/floating.ts`,
    text: "export function go() {\n  Promise.resolve(1);\n}\n",
  },
  {
    rule: "typescript(no-floating-promises)",
    file: `${core}/floating.test.ts`,
    text: "export function go() {\n  Promise.resolve(1);\n}\n",
  },
  {
    rule: "typescript(no-misused-promises)",
    file: `${core}/misused.ts`,
    text: "export const yes = (p: Promise<boolean>) => (p ? 1 : 2);\n",
  },
  {
    rule: "typescript(await-thenable)",
    file: `${core}/thenable.ts`,
    text: "export const wait = async () => {\n  await 1;\n};\n",
  },
  {
    rule: "typescript(no-non-null-assertion)",
    file: `${core}/bang.ts`,
    text: "export const c = (d?: string) => d!;\n",
  },
  {
    rule: "typescript(no-unsafe-return)",
    file: `${core}/unsafe-return.ts`,
    text: "export const e = (): number => JSON.parse('1');\n",
  },
  {
    rule: "typescript(no-unsafe-assignment)",
    file: `${core}/unsafe-assignment.ts`,
    text: "export function f() {\n  const g = JSON.parse('1');\n  return typeof g;\n}\n",
  },
  {
    rule: "typescript(no-unsafe-member-access)",
    file: `${core}/unsafe-member.ts`,
    text: "export const h = () => typeof JSON.parse('1').length;\n",
  },
  {
    rule: "typescript(no-unsafe-call)",
    file: `${core}/unsafe-call.ts`,
    text: "export const i = () => typeof JSON.parse('1')();\n",
  },
  {
    rule: "typescript(no-unsafe-argument)",
    file: `${core}/unsafe-argument.ts`,
    text: "export const j = () => Number.parseInt(JSON.parse('1'), 10);\n",
  },
  {
    rule: "typescript(only-throw-error)",
    file: `${core}/throw-text.ts`,
    text: "export function k() {\n  throw 'text';\n}\n",
  },
  {
    rule: "typescript(consistent-type-imports)",
    file: `${core}/type-import.ts`,
    text: "import { Stats } from 'node:fs';\nexport const l = (m: Stats) => m.size;\n",
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    file: `${core}/switch.ts`,
    text: "export function n(o: 1 | 2) {\n  switch (o) {\n    case 1:\n      return 1;\n  }\n  return 0;\n}\n",
  },
];

/** Rules of dependency-cruiser. */
export const importViolations: readonly Violation[] = [
  { rule: "room-core", file: `${core}/room.ts`, text: 'export { pve } from "@coppice/pve";\n' },
  {
    rule: "room-pve",
    file: "packages/pve/src/room.ts",
    text: 'export { provider } from "@coppice/provider";\n',
  },
  { rule: "room-provider", file: "packages/provider/src/room.ts", text: 'import "@coppice/components";\n' },
  { rule: "room-components", file: "packages/components/src/room.ts", text: 'import "@coppice/pve";\n' },
  { rule: "room-emulator", file: "packages/emulator/src/room.ts", text: 'import "@coppice/pve";\n' },
  {
    rule: "emulator-never-imports-the-client",
    file: "packages/emulator/src/mirror.test.ts",
    text: 'import type { pve } from "@coppice/pve";\n\nexport type Mirror = typeof pve;\n',
  },
  {
    rule: "handlers-only-through-their-sub-path",
    file: "packages/components/src/door.ts",
    text: 'import "../../provider/src/handlers.ts";\n',
  },
  { rule: "entry-only", file: "packages/pve/src/deep.ts", text: 'import "../../core/src/index.ts";\n' },
  { rule: "testkit-in-tests-only", file: "packages/pve/src/kit.ts", text: 'import "@coppice/testkit";\n' },
  {
    rule: "program-imports-components-only",
    file: "examples/lab/index.ts",
    text: 'import "@coppice/provider";\n',
  },
  {
    rule: "policy-imports-core-and-spec-only",
    file: "policies/quota/index.ts",
    text: 'import "@coppice/pve";\n',
  },
  {
    rule: "policy-imported-by-nobody",
    file: "policies/baseline/index.ts",
    text: 'import "../quota/index.ts";\n',
  },
  {
    rule: "resource-imports-no-sibling",
    file: "packages/provider/src/resources/pool/pool.ts",
    text: 'import "../overlay-pool/overlay-pool.ts";\n',
  },
  { rule: "folder-cycle", file: `${core}/east/to-west.ts`, text: 'import "../west/west.ts";\n' },
  { rule: "test-imported", file: `${core}/uses-test.ts`, text: 'import "./used.test.ts";\n' },
  { rule: "cycle", file: `${core}/ring-a.ts`, text: 'import "./ring-b.ts";\n' },
  { rule: "orphan", file: `${core}/orphan.ts`, text: "export const alone = 1;\n" },
  { rule: "unresolvable", file: `${core}/lost.ts`, text: 'import "./nowhere.ts";\n' },
];

/** Files that the import violations need beside them. */
export const importNeighbours: Readonly<Record<string, string>> = {
  [`${core}/ring-b.ts`]: 'import "./ring-a.ts";\n',
  [`${core}/east/east.ts`]: 'import "@types/node";\n',
  [`${core}/west/west.ts`]: 'import "./to-east.ts";\n',
  [`${core}/west/to-east.ts`]: 'import "../east/east.ts";\n',
  "packages/provider/src/resources/overlay-pool/overlay-pool.ts": 'import "@coppice/core";\n',
  [`${core}/used.test.ts`]: "export const used = 1;\n",
  "packages/provider/src/handlers.ts": 'import "@coppice/core";\n',
};

/** Kinds of knip; the last two stand in a manifest and in an import. */
export const unusedViolations: readonly Violation[] = [
  { rule: "unused/files", file: `${core}/nobody.ts`, text: "export const nobody = 1;\n" },
  {
    rule: "unused/exports",
    file: `${core}/half-used.ts`,
    text: "export const wanted = 1;\nexport const unwanted = 2;\n",
  },
  {
    rule: "unused/types",
    file: `${core}/half-typed.ts`,
    text: "export const plain = 1;\nexport type Unwanted = 2;\n",
  },
  { rule: "unused/unlisted", file: "packages/pve/src/index.ts", text: 'import "zod";\n' },
];

/** Entries that export what the missing doc comments are missing at. */
export const sourceNeighbours: Readonly<Record<string, string>> = {
  [`${core}/index.ts`]: [
    'export { bare } from "./bare-function.ts";',
    'export type * from "./bare-type.ts";',
    'export { bare as listed } from "./bare-list.ts";',
    "",
  ].join("\n"),
  "packages/pve/src/index.ts": 'export { Bare } from "./bare.js";\n',
};

/** Rules of our own over the syntax tree. */
export const sourceViolations: readonly Violation[] = [
  {
    rule: "reasonless-as",
    file: `${core}/cast.ts`,
    text: "/** A. */\nexport const a = 1;\n\nconst b = a as 1;\nb;\n",
  },
  { rule: "reasonless-as", file: `${core}/cast.test.ts`, text: "const x = 1;\n\nconst y = <1>x;\ny;\n" },
  { rule: "missing-doc", file: `${core}/bare-function.ts`, text: "export function bare() {}\n" },
  { rule: "missing-doc", file: `${core}/bare-type.ts`, text: "export type Bare = 1;\n" },
  { rule: "missing-doc", file: `${core}/bare-list.ts`, text: "const bare = 1;\nexport { bare };\n" },
  {
    rule: "missing-doc",
    file: "packages/pve/src/bare.js",
    text: "// not a doc\nexport class Bare {}\n",
  },
  {
    rule: "function-length",
    file: `${core}/long.ts`,
    text: `function long() {\n${"  1;\n".repeat(49)}}\nlong();\n`,
  },
  {
    rule: "function-length",
    file: `${core}/long.test.ts`,
    text: `describe("a", () => {\n  test("b", () => {\n${"    1;\n".repeat(49)}  });\n});\n`,
  },
  {
    rule: "own-marks",
    file: "packages/provider/src/tags.ts",
    text: '/** A. */\nexport const tags = (mark: string): string => ["coppice", mark].join(";");\n',
  },
  {
    rule: "own-marks",
    file: "packages/provider/src/notes.ts",
    text: "/** A. */\nexport const notes = (mark: string): string => `coppice:${mark}/ada`;\n",
  },
  {
    rule: "own-marks",
    file: "packages/provider/src/former.ts",
    text: "/** A. */\nexport const former = (line: string): boolean => /^former:/.test(line);\n",
  },
  { rule: "data-only", file: `${core}/table.data.ts`, text: "/** A. */\nexport const a = () => 1;\n" },
  { rule: "todo-comment", file: `${core}/later.ts`, text: `// ${"TO"}${"DO"}: later\n` },
  {
    rule: "reasonless-ignore",
    file: `${core}/look-away.ts`,
    text: `// @ts-${"ignore"}\nconst a: 1 = 2;\na;\n`,
  },
];

/** Addresses of one machine or one network; the texts are put together so that this file holds none. */
export const repositoryViolations: readonly Violation[] = [
  { rule: "registry-host", file: `${core}/host.ts`, text: `// ${["registry", "npmjs", "org"].join(".")}\n` },
  { rule: "registry-host", file: ".npmrc", text: "registry=x\n" },
  {
    rule: "no-rebase",
    file: `${core}/base.ts`,
    text: 'run("qemu-img", ["rebase", "-u", "-b", base, overlay]);\n',
  },
  {
    rule: "own-marks",
    file: "packages/core/perl/marker.pl",
    text: 'sub marker_of { return "$images/$_[0]/.coppice-$mark"; }\n',
  },
  { rule: "no-rebase", file: "packages/core/perl/base.pl", text: 'run("qemu-img", "rebase", $path);\n' },
  {
    rule: "lost-citation",
    file: `${core}/cites-nobodys-page.ts`,
    text: `${"/"}/ as measured (notes-of-mine.md 5)\n`,
  },
  {
    rule: "lost-citation",
    file: `${core}/cites-no-heading.ts`,
    text: "/** See docs/facts.md#third-fact. */\nexport {};\n",
  },
  { rule: "lost-citation", file: "packages/core/perl/cites.pl", text: "# see ../docs/lost.md\n" },
  { rule: "lost-citation", file: "docs/prose.md", text: "Read `facts.md#first-fact`, then lost.md.\n" },
  { rule: "absolute-path", file: "docs/guide.md", text: `Look into ${["", "Users", "ada"].join("/")}.\n` },
  {
    rule: "foreign-npm-name",
    file: "docs/runs.md",
    text: `Type ${"np"}${"x"} --yes coppice pulumi up, or not.\n`,
  },
  {
    rule: "foreign-npm-name",
    file: "packages/core/bin/again.js",
    text: `throw new Error("type ${"np"}${"m"} install @coppice/cli");\n`,
  },
  {
    rule: "resolved-address",
    file: "package-lock.json",
    text: '{\n  "resolved": "https://a.test/b.tgz"\n}\n',
  },
];

/** What may be cited. */
export const repositoryNeighbours: Readonly<Record<string, string>> = {
  "docs/facts.md": "# Facts\n\n## First fact\n\nNot on our side: https://a.test/lost.md, nor `<any>.md`.\n",
  "docs/own-names.md":
    "`npx --no coppice`, `npx vitest run packages/coppice`, `npm install` and coppice new.\n",
  [`${core}/cites.ts`]: `${"/"}/ docs/facts.md#first-fact, facts.md; not https://a.test/lost.md\n`,
};
