import type { DocumentKind, Named } from "@coppice/core";

/** What a document says, in the newest version of its kind. */
export function migrate(
  { migrations }: Pick<DocumentKind, "migrations">,
  said: Named,
  version: number,
): Named {
  return migrations.slice(version - 1).reduce((before, next) => next(before), said);
}
