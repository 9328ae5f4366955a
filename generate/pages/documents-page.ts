import { type DocumentKind, envelopeOf } from "../../packages/core/src/kinds/documents/document-kind.ts";
import { fieldTable, recordSections } from "./field-table.ts";

const INTRO = `# Documents

What can be described in a file of YAML or JSON, instead of a program. A file may hold several documents, \`---\` between
them, and a folder several files; documents refer to each other by their names. An editor that knows JSON Schema
proposes and checks while you write, with this line at the top:

\`\`\`yaml
# yaml-language-server: $schema=node_modules/@coppice/spec/schema/coppice.schema.json
\`\`\`

A document says what a program can say, in the same words ([Components](components.md)), but for three things: a secret
is a reference to where it lies and never the secret itself; \`vmids\` may be left out; a template may be the name of a
document. A relative file begins at the document's folder. YAML is that of version 1.2: \`yes\` and \`on\` are texts.

Every document begins with these fields.
`;

/** The kinds of documents, each with its fields and an example. */
export function documentsPage(kinds: readonly DocumentKind[]): string {
  return [
    INTRO,
    fieldTable("field", envelopeOf(kinds)),
    ...kinds.map(section),
    "## Objects inside\n",
    recordSections(kinds.map(({ type }) => type.fields)),
  ].join("\n");
}

function section({ name, sentence, example, type }: DocumentKind): string {
  const head = [`## ${name}`, "", sentence, "", "```yaml", `${example}\`\`\``, ""].join("\n");
  return [head, fieldTable("field", type.fields)].join("\n");
}
