import type { WireRequest } from "./http-client.ts";
import type { Identities } from "./identities.ts";
import type { References } from "./judge/references.ts";
import type { Recorded } from "./recording.ts";

const boundary = "----conformance-boundary";

/** Bodies of uploads were not kept; these make the same answers. */
function multipart(line: Recorded): Buffer {
  const about = line.note;
  const content = /snippet/.test(about) ? "snippets" : /images/.test(about) ? "images" : "iso";
  const filename = /wrong extension/.test(about)
    ? "a.txt"
    : /snippet/.test(about)
      ? "s.yaml"
      : /images/.test(about)
        ? "i.qcow2"
        : "tiny.iso";
  const size = Number(/^<(\d+) bytes>$/.exec(line.req.body ?? "")?.[1] ?? 0) > 1000 ? 4096 : 4;
  const fields: [string, string][] = [["content", content]];
  if (/checksum/.test(about)) fields.push(["checksum-algorithm", "sha256"], ["checksum", "0".repeat(64)]);
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="filename"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(parts.join("") + head),
    Buffer.alloc(size, 1),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

async function translated(
  value: unknown,
  identities: Identities,
  references: References,
  fingerprint: string,
): Promise<unknown> {
  if (typeof value !== "string") return value;
  if (value === "<fingerprint>") return fingerprint;
  const ticket = /^<ticket:(.+)>$/.exec(value)?.[1];
  if (ticket !== undefined) return (await identities.ticket(ticket)).ticket;
  return references.translate(value.replaceAll("<root-password>", identities.rootPassword));
}

function form(params: Readonly<Record<string, unknown>>): string {
  const pairs: [string, string][] = [];
  for (const [key, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      pairs.push([key, item === true ? "1" : item === false ? "0" : String(item)]);
    }
  }
  return new URLSearchParams(pairs).toString();
}

/** What requests are translated with. */
export interface RequestContext {
  readonly identities: Identities;
  readonly references: References;
  /** What `<fingerprint>` stands for. */
  readonly fingerprint: string;
}

/** The request of a recorded line, as we send it. */
export async function buildRequest(line: Recorded, context: RequestContext): Promise<WireRequest> {
  const { req } = line;
  const { identities, references } = context;
  const fingerprint = /wrong fingerprint/.test(line.note) ? "00:".repeat(31) + "00" : context.fingerprint;
  const encoded = (req.path ?? "/").replace(/UPID%3A[^/?]+/g, (part) =>
    encodeURIComponent(references.translate(decodeURIComponent(part))),
  );
  const vncTicket = /wrong ticket/.test(line.note) ? "PVEVNC:65000000::AAAA" : identities.vncTicket;
  const path = references.translate(encoded).replaceAll("<vncticket>", encodeURIComponent(vncTicket));
  const headers = { ...(await identities.headers(req)), ...req.extraHeaders, ...req.headers };
  if (req.contentType === "multipart/form-data") {
    return {
      method: req.method,
      path,
      headers: { ...headers, "Content-Type": `multipart/form-data; boundary=${boundary}` },
      body: multipart(line),
    };
  }
  if (req.body !== undefined) {
    const type = { "Content-Type": req.contentType ?? "application/x-www-form-urlencoded" };
    return { method: req.method, path, headers: { ...headers, ...type }, body: Buffer.from(req.body) };
  }
  // The one login whose form was not kept.
  if (req.method === "POST" && req.path?.endsWith("/access/ticket") && req.params === undefined) {
    const body = Buffer.from(form({ username: "root@pam", password: identities.rootPassword }));
    return {
      method: req.method,
      path,
      headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      body,
    };
  }
  // GET and DELETE carry their parameters in the path already.
  if (req.params === undefined || req.method === "GET" || req.method === "DELETE")
    return { method: req.method, path, headers };
  const params: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(req.params))
    params[key] = await translated(value, identities, references, fingerprint);
  const json = req.contentType === "application/json";
  const type = { "Content-Type": req.contentType ?? "application/x-www-form-urlencoded" };
  return {
    method: req.method,
    path,
    headers: { ...headers, ...type },
    body: Buffer.from(json ? JSON.stringify(params) : form(params)),
  };
}
