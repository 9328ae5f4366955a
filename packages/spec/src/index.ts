export { documentScope } from "@coppice/core";
export { documentMistakesText } from "./document/document-mistakes-text.ts";
export type { DocumentMistake, Documents, Source, SpecDocument, Surroundings } from "./document/documents.ts";
export { documentLimits } from "./document/limits.ts";
export { readDocuments } from "./read-documents.ts";
export { documentText } from "./write/document-text.ts";
export type { SeatOrder } from "./write/order-edit.ts";
export { orderSeat } from "./write/order-seat.ts";
