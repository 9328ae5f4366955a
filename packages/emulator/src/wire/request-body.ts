import type { IncomingMessage } from "node:http";
import { PveError } from "../kernel/pve-error.ts";
import { parseForm } from "./uri-text.ts";

/** Larger bodies are refused (pve-http-server, AnyEvent.pm). */
const bodyLimit = 512 * 1024;

/** Reads a body of at most 512 KiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > bodyLimit) throw new PveError(501, "for data too large");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // as: a request without an encoding set yields buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > bodyLimit) throw new PveError(501, "for data too large");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Broken JSON is answered with the Perl parser's own text (recordings, auth n 30). */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const end = text.length;
    throw new PveError(
      500,
      `malformed JSON string, neither tag, array, object, number, string or atom, at character offset ${end} (before "(end of string)") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.\n`,
    );
  }
}

/** The parameters of a body: a form unless it says JSON; anything else is refused with 506. */
export function parseBody(contentType: string | undefined, body: Buffer): Map<string, unknown> {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") {
    if (body.length === 0) return new Map();
    const value = parseJson(body.toString("utf8"));
    return new Map<string, unknown>(value !== null && typeof value === "object" ? Object.entries(value) : []);
  }
  if (type === "" || type === "application/x-www-form-urlencoded") return parseForm(body.toString("utf8"));
  throw new PveError(506, `upload 'Content-Type '${contentType}' not implemented`);
}
