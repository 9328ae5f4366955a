export { documentScope } from "@coppice/core";
export { documentMistakesText } from "./document/document-mistakes-text.ts";
export type { DocumentMistake, Documents, Source, SpecDocument, Surroundings } from "./document/documents.ts";
export { documentLimits } from "./document/limits.ts";
export { readDocuments } from "./read-documents.ts";
export { documentText } from "./write/document-text.ts";
export type { FieldValue } from "./write/field-edit.ts";
export { orderSeat, type SeatOrder } from "./write/order-seat.ts";
export { writeField } from "./write/write-field.ts";
