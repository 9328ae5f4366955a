import type { Made, ReferencePlaces, RefusedDocument, RefusedDocuments } from "@coppice/components";
import type { Description } from "../documents/description.ts";
import type { Program } from "./run-program.ts";

/** Takes what was made of a document. */
export type TakeMade = (document: Description, made: Made) => Promise<void>;

/** The program that makes what documents describe, all of them or, when one is wrong, none. */
export function describedProgram(
  documents: readonly Description[],
  places: ReferencePlaces,
  take?: TakeMade,
): Program {
  return async () => {
    const { allOrRefused, makeDescribed } = await import("@coppice/components");
    const makers = allOrRefused(documents, (each) => [each, makeDescribed(each, places)] as const);
    for (const [document, make] of makers) {
      const made = make();
      await take?.(document, made);
    }
  };
}

/** The documents that such a program refused; undefined where it failed otherwise. */
export function refusedDocuments(error: unknown): readonly RefusedDocument[] | undefined {
  return isRefused(error) ? error.refused : undefined;
}

/** By its name: whoever has such an error has loaded its class, and nobody else shall. */
function isRefused(error: unknown): error is RefusedDocuments {
  return error instanceof Error && error.name === "RefusedDocuments" && "refused" in error;
}
