import { WithChanges, WithTotal } from "../api/route.ts";
import type { PveError } from "../kernel/pve-error.ts";
import { type Answer, jsonType, plainError } from "./answer.ts";

/** The formats of `/api2/<format>/…` that answer API calls. */
export type Format = "json" | "extjs" | "html" | "htmljs";

/** What an API call came to. */
export type Outcome = { readonly value: unknown } | { readonly error: PveError; readonly final?: boolean };

export function formatOf(name: string): Format | undefined {
  return name === "json" || name === "extjs" || name === "html" || name === "htmljs" ? name : undefined;
}

function payload(value: unknown): Record<string, unknown> {
  // A total of 0 is left out, as Perl's truth has it (recordings, cluster n 188).
  if (value instanceof WithTotal)
    return value.total === 0 ? { data: value.data } : { data: value.data, total: value.total };
  if (value instanceof WithChanges) return { data: value.data, changes: value.changes };
  return { data: value ?? null };
}

/** Messages keep Perl's line end in the body; the router's own refusal and "not in a cluster" have none (recordings, auth n 21, multinode n 4). */
function messageText(error: PveError, final: boolean | undefined): string {
  return final === true || error.status === 424 ? error.message : `${error.message.replace(/\n$/, "")}\n`;
}

function jsonAnswer(outcome: Outcome): Answer {
  if ("value" in outcome) return jsonBody(200, "OK", payload(outcome.value));
  const { error, final } = outcome;
  const errors = error.errors === undefined ? {} : { errors: error.errors };
  return jsonBody(error.status, error.message, { data: null, message: messageText(error, final), ...errors });
}

/** extjs: always 200; the status is a text for exceptions with a code of their own and a number for a plain `die`. */
function extjsAnswer(outcome: Outcome): Answer {
  if ("value" in outcome) return jsonBody(200, "OK", { success: 1, ...payload(outcome.value) });
  const { error, final } = outcome;
  const status = error.status === 500 || final === true ? error.status : String(error.status);
  const errors = error.errors === undefined ? {} : { errors: error.errors };
  return jsonBody(200, "OK", {
    success: 0,
    status,
    data: null,
    message: messageText(error, final),
    ...errors,
  });
}

function htmlAnswer(outcome: Outcome): Answer {
  if ("error" in outcome) return plainError(outcome.error.status, outcome.error.message);
  const text = JSON.stringify(payload(outcome.value), undefined, 2).replace(/[<&]/g, (char) =>
    char === "<" ? "&lt;" : "&amp;",
  );
  const page = `<!DOCTYPE html><html><head><title>API</title></head><body><pre>${text}</pre></body></html>\n`;
  return {
    status: 200,
    reason: "OK",
    contentType: "text/html;charset=UTF-8",
    body: Buffer.from(page, "utf8"),
  };
}

function jsonBody(status: number, reason: string, content: Record<string, unknown>): Answer {
  const fields = Object.entries(content).filter(([, value]) => value !== undefined);
  const texts = fields.map(([name, value]) => `${JSON.stringify(name)}:${jsonText(value)}`);
  return { status, reason, contentType: jsonType, body: Buffer.from(`{${texts.join(",")}}`, "utf8") };
}

/** Texts of rows that never change: a list of 10,000 guests is asked for again and again, and few of them change meanwhile. */
const frozenTexts = new WeakMap<object, string>();

function jsonText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(rowText).join(",")}]` : JSON.stringify(value);
}

function rowText(row: unknown): string {
  if (typeof row !== "object" || row === null || !Object.isFrozen(row)) return JSON.stringify(row) ?? "null";
  const known = frozenTexts.get(row);
  if (known !== undefined) return known;
  const text = JSON.stringify(row);
  frozenTexts.set(row, text);
  return text;
}

/** Renders an outcome in the format that the path asked for. */
export function formatAnswer(format: Format, outcome: Outcome): Answer {
  if (format === "json") return jsonAnswer(outcome);
  return format === "extjs" ? extjsAnswer(outcome) : htmlAnswer(outcome);
}
