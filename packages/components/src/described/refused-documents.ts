import { CoppiceError } from "@coppice/core";
import { RunError } from "@pulumi/pulumi";
import type { Description } from "./make-described.ts";

/** What is wrong with one document. */
export interface RefusedDocument {
  readonly document: Pick<Description, "kind" | "name">;
  readonly error: CoppiceError;
}

/** Documents of which at least one is wrong, so that none is made. A program that throws it ends with their messages alone. */
export class RefusedDocuments extends RunError {
  readonly refused: readonly RefusedDocument[];

  constructor(refused: readonly RefusedDocument[]) {
    super(refused.map(({ error }) => error.message).join("\n"));
    this.name = "RefusedDocuments";
    this.refused = refused;
  }
}

/** Does something with every document, and refuses all of them where one is refused. What is no refusal is a bug. */
export function allOrRefused<Document extends Pick<Description, "kind" | "name">, T>(
  documents: readonly Document[],
  work: (document: Document) => T,
): T[] {
  const refused: RefusedDocument[] = [];
  const done = documents.flatMap((document) => {
    try {
      return [work(document)];
    } catch (error) {
      if (!CoppiceError.is(error)) throw error;
      refused.push({ document, error });
      return [];
    }
  });
  if (refused.length > 0) throw new RefusedDocuments(refused);
  return done;
}
