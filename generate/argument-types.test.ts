import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { componentKinds, resourceKinds } from "../packages/core/src/kinds/all-kinds.ts";
import { argumentTypes } from "./argument-types.ts";

const folder = join(import.meta.dirname, "../packages/components/src");
const files = new Map([
  [join(folder, "generated-resource.ts"), argumentTypes(resourceKinds)],
  [
    join(folder, "generated-component.ts"),
    argumentTypes(componentKinds, { from: "./generated-resource.ts", kinds: resourceKinds }),
  ],
]);

/** What the compiler says of a program that gives arguments. */
function problemsOf(program: string): string[] {
  const imports = [
    'import type { Output } from "@pulumi/pulumi";',
    'import type { LabClassArgs } from "./generated-component.ts";',
    'import type { BaseGenerationArgs, GenerationArgs, OverlayPoolArgs } from "./generated-resource.ts";',
  ].join("\n");
  const all = new Map([...files, [join(folder, "program.ts"), `${imports}\n${program}`]]);
  // TypeScript's own reader types its answer as any.
  const { config } = ts.readConfigFile(join(folder, "../../../tsconfig.base.json"), ts.sys.readFile) as {
    config: { compilerOptions: unknown };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  const settings = { ...options, noEmit: true, composite: false, declaration: false, declarationMap: false };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => all.has(name) || fileExists(name);
  host.readFile = (name) => all.get(name) ?? readFile(name);
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([...all.keys()], settings, host));
  return problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const right = `
declare const text: Output<string>;
declare const number: Output<number>;
declare const shared: Output<boolean>;
declare const copies: Output<Record<string, { vmid: number; files: Record<string, string> }>>;
declare const disks: Output<{ slot: string; format: "qcow2" | "raw" | "vmdk"; size: number }[]>;
declare const config: Output<Record<string, string>>;
declare const keys: Output<string[]>;
export const lab = {
  template: { vmid: number },
  roster: ["ada", "grace"],
  hardware: { cores: 2, memory: "4GiB", vga: "qxl" },
  storage: text,
  vmids: { from: 20000, to: 20999 },
  network: { bridge: text, tag: 42 },
  cloudInit: { user: "student", password: text, sshKeys: keys, address: { first: "10.0.0.10/24" } },
  dataDisk: { size: "20GiB", storage: text },
  publish: { generation: 2, from: { vmid: number }, policyOf: { ada: "keep" }, undoFor: "7d" },
} satisfies LabClassArgs;
const base: GenerationArgs = { number: 1, storage: text, shared, owned: shared, copies, disks, config };
export const pool = { class: "lab", base, count: 2, vmids: lab.vmids } satisfies OverlayPoolArgs;
export const generation = {
  class: "lab", number: 1, source: number, storage: text, vmids: lab.vmids,
} satisfies BaseGenerationArgs;
`;

test("what a program gives today fits, outputs of other resources where they may stand", () => {
  expect(problemsOf(right)).toEqual([]);
}, 120_000);

/** A line of a program with one argument that is wrong, and what the compiler must say of it. */
const wrong: readonly [line: string, problem: string][] = [
  ["seats: number", "Type 'OutputInstance<number>' is not assignable to type 'number'"],
  ["seat: 25", "'seat' does not exist in type"],
  ['hardware: { memory: "4GB" }', `Type '"4GB"' is not assignable to type`],
  ['start: "after"', `Type '"after"' is not assignable to type '"never" | "after-create"'`],
  ["publish: { generation: 2 }", "Property 'from' is missing"],
];

test("the compiler refuses what is misspelt, of another type, missing, or not known before the run", () => {
  const lines = wrong.map(
    ([line], index) => `export const a${index} = { ${line} } satisfies Partial<LabClassArgs>;`,
  );
  const problems = problemsOf(["declare const number: Output<number>;", ...lines].join("\n"));
  expect(problems).toHaveLength(wrong.length);
  for (const [index, [, problem]] of wrong.entries()) expect(problems[index]).toContain(problem);
}, 120_000);
