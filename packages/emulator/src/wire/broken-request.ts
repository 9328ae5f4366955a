import { type Answer, bareError, plainError } from "./answer.ts";

const methods = ["GET", "POST", "PUT", "DELETE"];

/** Lines of a request's head, the last empty one too, and their bytes: one more gets no answer (pve-http-server, AnyEvent.pm). */
const headLimits = { lines: 64, bytes: 8 * 1024 };

/** True when a request's head is longer than pveproxy reads. `raw` holds names and values in turn. */
export function isHeadTooLong(raw: readonly string[]): boolean {
  const lines = raw.length / 2 + 1;
  const bytes = raw.reduce((sum, text) => sum + text.length, 0) + raw.length;
  return lines >= headLimits.lines || bytes >= headLimits.bytes;
}

/** pveproxy knows four methods. */
export function methodAnswer(method: string): Answer | undefined {
  return methods.includes(method) ? undefined : bareError(501, `method '${method}' not available`);
}

/** What pveproxy says to bytes that are no request; undefined where it says nothing (AnyEvent.pm, push_request_header). */
export function brokenRequestAnswer(bytes: Buffer): Answer | undefined {
  const text = bytes.toString("latin1");
  const line = text.split(/\r?\n/).find((each) => each !== "");
  // Without a line end there is nothing to answer yet.
  if (line === undefined || !text.includes("\n")) return undefined;
  const [, method, url, major, minor] = /(\S+) (\S+) HTTP\/(\d+)\.(\d+)/.exec(line) ?? [];
  if (method === undefined || url === undefined) return plainError(400, "bad request");
  if (major !== "1") return plainError(506, `http protocol version ${major}.${minor} not supported`);
  if (/^[^/]*@/.test(url)) return plainError(400, "invalid url");
  return methodAnswer(method) ?? plainError(506, "unable to parse request header");
}
