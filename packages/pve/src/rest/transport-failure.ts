import { errorCodes } from "@coppice/core";
import { PveError, type PveErrorCode, type PveRequestName } from "../errors/pve-error.ts";

/** Node's and undici's codes for a certificate that does not verify. */
const certificateCode =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH|INVALID_CA)/;

const sayings: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed without an answer",
  UND_ERR_SOCKET: "the connection was closed without an answer",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "there is no route to the host",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name",
};

/** Turns whatever the connection threw into a typed error. */
export function transportFailure(
  cause: unknown,
  context: { request: PveRequestName; endpoint: string; signal?: AbortSignal | undefined },
): PveError {
  if (PveError.is(cause)) return cause;
  const code = codeOf(cause);
  const kind = kindOf(code, context.signal);
  return new PveError(kind, {
    request: context.request,
    what: `${context.request.method} ${context.request.path} got no answer from ${context.endpoint}`,
    why: whyOf(kind, code, cause),
    wayOut: errorCodes[kind].wayOut,
    cause,
  });
}

function kindOf(code: string, signal: AbortSignal | undefined): PveErrorCode {
  if (signal?.aborted) return isTimeout(signal.reason) ? "pve.timeout" : "pve.aborted";
  if (certificateCode.test(code)) return "pve.certificate-rejected";
  return /TIMEOUT|ETIMEDOUT/.test(code) ? "pve.timeout" : "pve.connection";
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  if ("code" in cause && typeof cause.code === "string") return cause.code;
  return codeOf(cause.cause);
}

function whyOf(kind: PveErrorCode, code: string, cause: unknown): string {
  if (kind === "pve.aborted") return "it was stopped";
  if (kind === "pve.timeout") return "it took too long";
  const said = sayings[code] ?? (cause instanceof Error ? cause.message : "unknown reason");
  return code === "" ? said : `${said} (${code})`;
}
