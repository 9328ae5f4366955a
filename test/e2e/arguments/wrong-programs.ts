import { contradictoryArguments } from "./contradictory-arguments.ts";
import { impossibleArguments } from "./impossible-arguments.ts";
import { impossibleDescriptions } from "./impossible-descriptions.ts";
import { misspeltArguments } from "./misspelt-arguments.ts";
import { mistypedArguments } from "./mistyped-arguments.ts";
import type { WrongArgument } from "./wrong-argument.ts";

/** Every wrong argument by the name of the component that is given it. */
export const wrongArguments: ReadonlyMap<string, WrongArgument> = new Map(
  [
    ...misspeltArguments,
    ...mistypedArguments,
    ...impossibleArguments,
    ...contradictoryArguments,
    ...impossibleDescriptions,
  ].map((each, index) => [`wrong-${index + 1}`, each]),
);

const right = `const right = { template: { vmid: 9000 }, seats: 25, storage: "nas", vmids: { from: 20000, to: 20999 } };
const shelf = new ComponentResource("test:index:Shelf", "shelf");
`;

/** A program with all of them, as somebody writes it who silences the compiler. */
export const typeScriptProgram = `import { LabClass, type LabClassArgs, OverlayVmPool, type OverlayVmPoolArgs } from "@coppice/components";
import { ComponentResource, output } from "@pulumi/pulumi";

${right}${statements(({ component, args }) => `${args} as unknown as ${component}Args`)}
`;

/** The same in JavaScript, as CommonJS. */
export const javaScriptProgram = `const { LabClass, OverlayVmPool } = require("@coppice/components");
const { ComponentResource, output } = require("@pulumi/pulumi");

${right}${statements(({ args }) => args)}
`;

function statements(argsOf: (wrong: WrongArgument) => string): string {
  const lines = [...wrongArguments].map(
    ([name, wrong]) => `new ${wrong.component}("${name}", ${argsOf(wrong)});`,
  );
  return lines.join("\n");
}
