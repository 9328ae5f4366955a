import type { RecordType } from "../../packages/core/src/description/field.ts";
import { fieldTable, recordSections } from "./field-table.ts";

const INTRO = `# Configuration

What a stack configures under \`coppice:\`. Credentials are references: they are read each time the provider starts, so
that a rotated one counts at once and none lies in the state. Environment variables and files are in
[Settings](settings.md).
`;

/** The configuration of the provider. */
export function configurationPage({ fields }: RecordType): string {
  return [INTRO, fieldTable("key", fields), "## Objects inside\n", recordSections([fields])].join("\n");
}
