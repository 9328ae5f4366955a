import type { ReferencePlaces } from "@coppice/components";
import type { Description } from "../documents/description.ts";
import { type RefusedDocument, RefusedDocuments } from "./refused-documents.ts";
import type { Program } from "./run-program.ts";

/** The program that makes what documents describe, all of them or, when one is wrong, none. */
export function describedProgram(documents: readonly Description[], places: ReferencePlaces): Program {
  return async () => {
    const { makeDescribed } = await import("@coppice/components");
    const refused: RefusedDocument[] = [];
    const makers = documents.flatMap((document) => {
      try {
        return [makeDescribed(document, places)];
      } catch (error) {
        refused.push({ document, error });
        return [];
      }
    });
    if (refused.length > 0) throw new RefusedDocuments(refused);
    for (const make of makers) make();
  };
}
