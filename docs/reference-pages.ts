import { errorCodes } from "@coppice/core";
import { type PropertySchema, type ResourceSchema, resources } from "@coppice/provider";
import { componentPage } from "./component-page.ts";

const MADE = "<!-- Made by `npm run docs` from the code; edit the code. -->\n";

/** The pages of docs/reference by file name, made from schemas, tables and doc comments. */
export function referencePages(): Map<string, string> {
  return new Map([
    ["components.md", `${MADE}\n${componentPage()}`],
    ["resources.md", `${MADE}\n${resourcePage()}`],
    ["errors.md", `${MADE}\n${errorPage()}`],
  ]);
}

function resourcePage(): string {
  const intro =
    "# Resources\n\nThe resources behind the components. Use them directly when a component does not fit; both doors serve them.\n";
  return [intro, ...[...resources.values()].map(({ schema }) => resourceSection(schema))].join("\n");
}

function resourceSection(schema: ResourceSchema): string {
  const outputs = Object.entries(schema.outputs).filter(([name]) => !Object.hasOwn(schema.inputs, name));
  return [
    `## ${schema.name}\n`,
    `\`coppice:index:${schema.name}\` — ${schema.description}\n`,
    table("input", Object.entries(schema.inputs)),
    table("output", outputs),
  ].join("\n");
}

function table(kind: string, properties: readonly (readonly [string, PropertySchema])[]): string {
  const rows = properties.map(
    ([name, property]) => `| \`${name}\` | ${typeOf(property)} | ${notes(property)} |`,
  );
  return [`| ${kind} | type | |`, "|---|---|---|", ...rows, ""].join("\n");
}

function typeOf({ type, items, fields, values }: PropertySchema): string {
  if (items !== undefined) return `list of ${items.type}`;
  if (fields !== undefined)
    return Object.keys(fields)
      .map((name) => `\`${name}\``)
      .join(", ");
  return values === undefined ? type : `${values.type} by name`;
}

function notes({ description, required, secret, replaces }: PropertySchema): string {
  const marks = [required && "required", secret && "secret", replaces && "a change replaces"].filter(Boolean);
  return marks.length > 0 ? `${description} *(${marks.join(", ")})*` : description;
}

function errorPage(): string {
  const rows = Object.entries(errorCodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { audience, status, meaning, wayOut }]) =>
        `| \`${code}\` | ${audience} | ${status} | ${meaning} ${wayOut}. |`,
    );
  const intro = [
    "# Error codes",
    "",
    "A message ends with its code: `… [pool.space]`. A code never changes once released. *for* says who can do something",
    "about it (`user`: who asked; `operator`: who runs the installation; `bug`: we), and the status is that of an HTTP",
    "answer that ends with it.",
    "",
  ];
  return [
    ...intro,
    "| code | for | status | what it means and what to do |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
