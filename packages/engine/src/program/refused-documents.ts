import type { DocumentName } from "../documents/document-urn.ts";

/** What is wrong with one document. */
export interface RefusedDocument {
  readonly document: DocumentName;
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
