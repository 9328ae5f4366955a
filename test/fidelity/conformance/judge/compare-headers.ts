import type { RecordedAnswer } from "../recording.ts";
import type { WireAnswer } from "../wire-answer.ts";
import type { References } from "./references.ts";

const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * What the recorder left out, since it never repeats: every answer but those to an upgrade has both dates
 * (pve-http-server, AnyEvent.pm `response`).
 */
const dates = ["date", "expires"];

function lengthDiffers(recorded: RecordedAnswer, got: string | undefined): boolean {
  if (recorded.headers?.["content-length"] !== undefined) return recorded.headers["content-length"] !== got;
  // The recorder noted whether there was a length; its number hangs on the names in the body.
  return recorded.contentLength === true && !/^\d+$/.test(got ?? "");
}

/** Where two answers' headers differ: all of them count, the dates by their form. */
export function compareHeaders(
  recorded: RecordedAnswer,
  answer: WireAnswer,
  references: References,
): string[] {
  const wanted = recorded.headers;
  if (wanted === undefined) return [];
  const found: string[] = [];
  const differ = (name: string, left: string | undefined, right: string | undefined) =>
    found.push(`header ${name}: recorded ${left ?? "none"}, got ${right ?? "none"}`);
  for (const [name, value] of Object.entries(wanted)) {
    const got = answer.headers[name];
    if (name !== "content-length" && (got === undefined || !references.same(value, got)))
      differ(name, value, got);
  }
  for (const name of Object.keys(answer.headers)) {
    if (!(name in wanted) && name !== "content-length" && !dates.includes(name))
      differ(name, undefined, answer.headers[name]);
  }
  for (const name of wanted["upgrade"] === undefined ? dates : []) {
    const got = answer.headers[name];
    if (!httpDate.test(got ?? "")) differ(name, "a date", got);
  }
  if (lengthDiffers(recorded, answer.headers["content-length"]))
    differ("content-length", "a length", answer.headers["content-length"]);
  return found;
}
