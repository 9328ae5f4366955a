import type { ErrorCode } from "yaml";

/** What is said of the mistakes in writing that people make most; others in the words of the parser. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "A tab indents this line, which YAML does not take; use spaces",
  BAD_INDENT: "This line is indented neither like those around it nor like what belongs to them; align it",
  NON_STRING_KEY: "The name of a field is a list or an object; write a text",
  MULTILINE_IMPLICIT_KEY: "The name of a field goes over several lines; a ':' may be missing, or a quote",
  BLOCK_AS_IMPLICIT_KEY: "A second ':' stands on this line; put the text into quotes, or begin a new line",
  TAG_RESOLVE_FAILED: "This tag is not known; leave it out, or put the text into quotes",
  RESOURCE_EXHAUSTION: "Too many lists and objects lie inside each other here; write it flatter",
};

/** Where the parser begins to repeat what stands in the file, which may be anything: somebody's token lies in a file too. */
const REPEATED = /:.*|(?<=^Unknown directive).*|(?<=^Invalid escape sequence).*/s;

/** A sentence for a mistake that the parser found. It repeats nothing of the text. */
export function syntaxMessage(code: ErrorCode | undefined, message: string): string {
  return (code && MESSAGES[code]) ?? `This is no YAML: ${message.replace(REPEATED, "")}`;
}
