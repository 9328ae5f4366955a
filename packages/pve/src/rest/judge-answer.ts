import { CoppiceError, errorCodes } from "@coppice/core";
import { httpFailure } from "../errors/http-failure.ts";
import { PveError, type PveRequestName } from "../errors/pve-error.ts";
import { record, ShapeError } from "../parse/parser.ts";
import type { PveCall } from "./pve-caller.ts";
import { parseBody, type RawAnswer } from "./rest-transport.ts";

/** What is known of a call beside its answer. */
export interface AnswerContext {
  readonly name: PveRequestName;
  /** Texts that no error may show. */
  readonly secrets: readonly string[];
  /** What happened where the server does not know who asks: who refuses whom. */
  readonly refusal?: string;
}

/** Makes of an answer what the caller asked for, or the typed error that it means. */
export function judgeAnswer<T>(answer: RawAnswer, call: PveCall<T>, context: AnswerContext): T {
  const node = call.in?.["node"];
  const body = parseBody(answer, context.name);
  if (answer.status < 200 || answer.status >= 300) {
    const { status, reason } = answer;
    throw httpFailure({
      request: context.name,
      node: node?.toString(),
      status,
      reason,
      body,
      secrets: context.secrets,
      refusal: context.refusal,
    });
  }
  try {
    const envelope = record(body);
    return call.envelope ? call.parse(envelope) : call.parse(envelope["data"]);
  } catch (cause) {
    if (!(cause instanceof ShapeError) && !PveError.is(cause, "pve.bad-response")) throw cause;
    throw badShape(context.name, cause);
  }
}

function badShape(request: PveRequestName, cause: Error): PveError {
  return new PveError("pve.bad-response", {
    request,
    what: `The answer to ${request.method} ${request.path} was not understood`,
    why: CoppiceError.is(cause) ? cause.sentence : cause.message,
    wayOut: errorCodes["pve.bad-response"].wayOut,
    cause,
  });
}
