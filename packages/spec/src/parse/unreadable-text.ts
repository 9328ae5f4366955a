import { sizeWords } from "@coppice/core";
import { documentLimits } from "../document/limits.ts";

/** What is wrong with a text before it is read at all. */
export interface UnreadableText {
  readonly offset: number;
  readonly message: string;
}

// What no text holds: control characters but tab, line feed and carriage return, and what stands for undecodable bytes.
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/** Says of a text that is too large or no text at all why it is not read. */
export function findUnreadableText(text: string): UnreadableText | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > documentLimits.fileBytes) {
    const message = `The file has more than ${sizeWords(documentLimits.fileBytes)}; put its documents into several files`;
    return { offset: 0, message };
  }
  const at = text.search(NO_TEXT);
  if (at < 0) return undefined;
  return {
    offset: at,
    message: "A byte here belongs to no text; write the file in UTF-8, without control characters",
  };
}
