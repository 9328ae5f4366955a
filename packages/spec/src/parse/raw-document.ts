import type { FieldPath } from "@coppice/core";
import type { DocumentMistake } from "../document/documents.ts";

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A document as it stands in its file, before anybody asks what it means. */
export interface RawDocument {
  readonly file: string;
  readonly value: unknown;
  /** Whether a field is given twice in it, which has been said; the last one counts. */
  readonly isAmbiguous: boolean;
  /** Where it begins. */
  readonly start: Place;
  /** Where a value stands; what is not there stands where the nearest thing around it does. */
  placeOf(path: FieldPath, part: "key" | "value"): Place;
}

/** What a file holds. */
export interface RawDocuments {
  readonly documents: readonly RawDocument[];
  readonly mistakes: readonly DocumentMistake[];
}
