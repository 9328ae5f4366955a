import { errorCodes } from "@coppice/core";
import { classifyMessage } from "./classify-message.ts";
import { PveError, type PveErrorCode, type PveRequestName } from "./pve-error.ts";
import { redact } from "./redact.ts";

/** An answer with a status of 400 or more, as far as it was understood. */
export interface FailedAnswer {
  readonly request: PveRequestName;
  readonly node?: string | undefined;
  readonly status: number;
  readonly reason: string;
  /** The parsed JSON body, whatever it is. */
  readonly body: unknown;
  readonly secrets: readonly string[];
  /** What happened where the server does not know who asks. */
  readonly refusal?: string | undefined;
}

/**
 * Turns an error answer into a typed error. The text is the body's `message`, else the reason phrase:
 * `message` exists since pve-http-server 5.2.0 only, and a proxy may drop the phrase.
 */
export function httpFailure(answer: FailedAnswer): PveError {
  const clean = (text: string) => redact(text, answer.secrets).trim();
  const text = clean(messageOf(answer.body) ?? answer.reason);
  const errors = errorsOf(answer.body, clean);
  const code = codeOf(answer.status, text);
  return new PveError(code, {
    request: answer.request,
    ...(answer.status === 401 && answer.refusal !== undefined && { what: answer.refusal }),
    node: answer.node,
    status: answer.status,
    errors,
    why: whyOf(answer.status, text, errors),
    wayOut: errorCodes[code].wayOut,
  });
}

function codeOf(status: number, text: string): PveErrorCode {
  if (status === 400) return classifyBadParameter(text);
  if (status === 401) return "pve.unauthorized";
  if (status === 403) return "pve.forbidden";
  // pveproxy passes on the pseudo statuses of its own HTTP client when another node does not answer.
  if (status >= 595 && status <= 599) return "pve.node-unreachable";
  if (status === 501)
    return /^(Method|method) '|no formatter|no such uri/.test(text)
      ? "pve.not-implemented"
      : "pve.bad-request";
  if (status === 506) return "pve.bad-request";
  return classifyMessage(text) ?? "pve.failed";
}

/** A few 400s are about state, for example an unknown task or "target is local node.". */
function classifyBadParameter(text: string): PveErrorCode {
  return /no such task/.test(text) ? "pve.not-found" : "pve.bad-parameter";
}

function whyOf(status: number, text: string, errors: Readonly<Record<string, string>>): string {
  const named = Object.entries(errors).map(([name, problem]) => `${name}: ${problem}`);
  const said = text || "no reason given";
  return `${said.replace(/\.$/, "")} (status ${status})${named.length > 0 ? `; ${named.join("; ")}` : ""}`;
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("message" in body)) return undefined;
  return typeof body.message === "string" && body.message.trim() !== "" ? body.message : undefined;
}

function errorsOf(body: unknown, clean: (text: string) => string): Record<string, string> {
  if (typeof body !== "object" || body === null || !("errors" in body)) return {};
  if (typeof body.errors !== "object" || body.errors === null) return {};
  return Object.fromEntries(
    Object.entries(body.errors).map(([name, text]) => [clean(name), clean(String(text))]),
  );
}
