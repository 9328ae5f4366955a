import type { Kind } from "../../packages/core/src/description/kind.ts";
import { fieldTable, outputTable, recordSections } from "./field-table.ts";

const INTRO = `# Components

What programs use: \`import { LabClass } from "@coppice/components"\`. Sizes are written like \`"4GiB"\`, durations like
\`"7d"\`. An argument that may be an output of another resource is an \`Input\` in TypeScript; all others
are known before a run, since it is planned by them.
`;

/** The components, their arguments and outputs. */
export function componentsPage(kinds: readonly Kind[]): string {
  const all = kinds.flatMap(({ fields, outputs }) => [fields, outputs]);
  return [INTRO, ...kinds.map(section), "## Objects inside\n", recordSections(all)].join("\n");
}

function section({ name, sentence, example, fields, outputs }: Kind): string {
  const head = [`## ${name}`, "", sentence, "", "```ts", example, "```", ""].join("\n");
  return [head, fieldTable("argument", fields), outputTable(outputs)].join("\n");
}
