import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  /** Only its first line becomes the reason phrase. */
  readonly reason: string;
  readonly body?: Buffer;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The content type clients compare byte by byte (docs/proxmox-facts.md#content-type). */
export const jsonType = "application/json;charset=UTF-8";

const phrases: Readonly<Record<number, string>> = {
  200: "OK",
  301: "Moved Permanently",
  308: "Permanent Redirect",
};

/** A plain refusal before any API code ran: text body, no content type, as AnyEvent.pm's `error` answers. */
export function plainError(status: number, text: string): Answer {
  return { status, reason: text, body: Buffer.from(text, "utf8") };
}

/** A refusal with nothing but its reason phrase: 401 at the door. */
export function bareError(status: number, text: string): Answer {
  return { status, reason: text };
}

/** The first line of a message as a reason phrase can carry it: HTTP allows no control characters and only Latin-1. */
export function reasonPhrase(message: string): string {
  const first = message.split(/[\r\n]/, 1)[0] ?? "";
  return Buffer.from(first, "utf8")
    .toString("latin1")
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}

function acceptsGzip(request: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
}

/** Sends an answer as pveproxy does: connection closed from 400 on, gzip above 1024 bytes. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  isLast = false,
): void {
  if (response.headersSent || response.destroyed) return;
  const closing = isLast || answer.status >= 400 || request.headers.connection?.toLowerCase() === "close";
  response.statusCode = answer.status;
  response.statusMessage = reasonPhrase(answer.reason) || phrases[answer.status] || "";
  let body = answer.body ?? Buffer.alloc(0);
  response.setHeader("Cache-Control", "max-age=0");
  response.setHeader("Connection", closing ? "close" : "Keep-Alive");
  response.setHeader("Pragma", "no-cache");
  response.setHeader("Server", "pve-api-daemon/3.0");
  response.setHeader("Expires", new Date().toUTCString());
  if (answer.contentType !== undefined) response.setHeader("Content-Type", answer.contentType);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (body.length > 1024 && answer.status < 400 && acceptsGzip(request)) {
    body = gzipSync(body, { level: 1 });
    response.setHeader("Content-Encoding", "gzip");
  }
  response.setHeader("Content-Length", body.length);
  response.end(request.method === "HEAD" ? undefined : body);
  // An unread body would be taken for the next request.
  if (closing) response.once("finish", () => request.socket.end());
}

/** An answer as bytes, the last ones of a connection that has no response of its own. */
export function answerBytes(answer: Answer): Buffer {
  const body = answer.body ?? Buffer.alloc(0);
  const date = new Date().toUTCString();
  const lines = [
    `HTTP/1.1 ${answer.status} ${reasonPhrase(answer.reason)}`,
    "Cache-Control: max-age=0",
    "Connection: close",
    `Date: ${date}`,
    "Pragma: no-cache",
    "Server: pve-api-daemon/3.0",
    `Expires: ${date}`,
    ...(answer.contentType === undefined ? [] : [`Content-Type: ${answer.contentType}`]),
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}
