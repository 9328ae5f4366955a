import type { DescribedDocument } from "@coppice/components/described";

/** What is wrong with one document. */
export interface RefusedDocument {
  readonly document: Pick<DescribedDocument, "kind" | "name">;
  readonly error: unknown;
}

/** Documents of which at least one is wrong, so that none is made. */
export class RefusedDocuments extends Error {
  readonly refused: readonly RefusedDocument[];

  constructor(refused: readonly RefusedDocument[]) {
    super("documents were refused");
    this.name = "RefusedDocuments";
    this.refused = refused;
  }
}
