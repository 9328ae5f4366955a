import type { Properties } from "@coppice/core";

/** What one document describes: its secrets are references still. */
export interface Description {
  readonly kind: string;
  readonly name: string;
  /** Its fields. */
  readonly inputs: Properties;
}

/** What tells a document from the others of a stack. */
export function documentKey({ kind, name }: Pick<Description, "kind" | "name">): string {
  return `${kind} ${name}`;
}
