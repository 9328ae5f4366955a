import {
  clusterVariables,
  homeVariables,
  projectVariables,
  toolVariables,
  type VariableFacts,
} from "./environment-variables.data.ts";
import { places } from "./places.data.ts";

const INTRO = `# Settings

What is set outside of a program. What a stack configures under \`coppice:\` is in [Configuration](configuration.md).
Whatever else a variable may hold a credential for is named there: \`token: { env: "PVE_TOKEN" }\`.
`;

/** Every variable that is read and every place that is written. */
export function settingsPage(): string {
  return [
    INTRO,
    "## The cluster\n",
    variableTable(clusterVariables),
    "## State and secrets of a project\n",
    variableTable(projectVariables),
    "`coppice pulumi` sets them where they are not set, and `coppice env` prints them.\n",
    "## State of described stacks\n",
    variableTable(homeVariables),
    "`PULUMI_BACKEND_URL` and the passphrase's variables count for them too.\n",
    "## Tools\n",
    variableTable(toolVariables),
    "## Files and folders\n",
    table(
      ["place", "what it holds", "when it is deleted"],
      places.map(({ path, sentence, deleted }) => [path, sentence, deleted]),
    ),
  ].join("\n");
}

function variableTable(variables: readonly VariableFacts[]): string {
  const rows = variables.map(({ name, sentence, unset }) => [`\`${name}\``, sentence, unset]);
  return table(["variable", "meaning", "where it is not set"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")).replaceAll(" ", ""), ...rows.map(line), ""].join("\n");
}
