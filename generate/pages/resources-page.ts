import type { Kind } from "../../packages/core/src/description/kind.ts";
import { fieldTable, outputTable, recordSections } from "./field-table.ts";

const INTRO = `# Resources

The resources behind the components. Use them directly when a component does not fit; both doors serve them.
`;

/** The resources, their inputs and outputs; every input is an output too. */
export function resourcesPage(kinds: readonly Kind[]): string {
  const all = kinds.flatMap(({ fields, outputs }) => [fields, outputs]);
  return [INTRO, ...kinds.map(section), "## Objects inside\n", recordSections(all)].join("\n");
}

function section({ name, sentence, example, fields, outputs }: Kind): string {
  const token = `\`coppice:index:${name}\` — ${sentence}`;
  const head = [`## ${name}`, "", token, "", "```ts", example, "```", ""].join("\n");
  const tables = [fieldTable("input", fields)];
  if (Object.keys(outputs).length > 0) tables.push(outputTable(outputs));
  return [head, ...tables].join("\n");
}
