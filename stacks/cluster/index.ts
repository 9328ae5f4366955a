import { makeDocuments } from "../shared/make-documents.ts";

/** What a run makes known of each document, by its name. */
export const documents = makeDocuments("cluster");
