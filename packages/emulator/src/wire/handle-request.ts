import { rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { Upload } from "../api/call.ts";
import { NotImplemented } from "../api/not-implemented.ts";
import { Unreachable } from "../api/reach-node.ts";
import type { Router } from "../api/router.ts";
import { runCall } from "../api/run-call.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Fault } from "../kernel/fault-source.ts";
import type { Identity } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { type Answer, bareError, plainError, send } from "./answer.ts";
import { authenticate } from "./authenticate.ts";
import { isHeadTooLong, methodAnswer } from "./broken-request.ts";
import { formatAnswer, formatOf } from "./format-answer.ts";
import { readMultipart } from "./multipart.ts";
import { boundaryOf } from "./multipart-text.ts";
import { NoAnswer } from "./no-answer.ts";
import { parseBody, readBody } from "./request-body.ts";
import { staticAnswer } from "./static-pages.ts";
import { parseForm, unescapeUri } from "./uri-text.ts";

/** What a node's server needs to answer. */
export interface Surroundings {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly router: Router;
  /** Takes over what was changed by hand on a node's shell. */
  readonly settle?: () => void;
  /** How long every 401 takes, in milliseconds: 3 s on a genuine server. */
  readonly authDelayMs: number;
}

interface Target {
  readonly path: string;
  readonly query: string;
}

function targetOf(url: string): Target {
  const cut = url.indexOf("?");
  return { path: unescapeUri(cut < 0 ? url : url.slice(0, cut)), query: cut < 0 ? "" : url.slice(cut + 1) };
}

interface Content {
  readonly params: Map<string, unknown>;
  readonly upload?: Upload;
}

/** Reads what the request carries; query parameters win over those of the body. */
async function readContent(cluster: Cluster, request: IncomingMessage, target: Target): Promise<Content> {
  const query = parseForm(target.query);
  if (request.method === "GET" || request.method === "DELETE") return { params: query };
  if (isUpload(request, target) && hasBody(request)) return readUpload(cluster, request, query);
  const body = parseBody(request.headers["content-type"], await readBody(request));
  return { params: new Map([...body, ...query]) };
}

function isUpload(request: IncomingMessage, { path }: Target): boolean {
  return request.method === "POST" && /\/nodes\/[^/]+\/storage\/[^/]+\/upload$/.test(path);
}

/** The fields of an upload win over the query (pve-http-server, AnyEvent.pm); what is no form gets no answer. */
async function readUpload(
  cluster: Cluster,
  request: IncomingMessage,
  query: Map<string, unknown>,
): Promise<Content> {
  const boundary = boundaryOf(request.headers["content-type"]);
  if (boundary === undefined) throw new NoAnswer("an upload that is no form");
  if (query.has("tmpfilename")) throw new NoAnswer("'tmpfilename' is not the client's to say");
  const { fields, upload } = await readMultipart(request, boundary, join(cluster.data, "uploads"));
  return { params: new Map<string, unknown>([...query, ...fields]), upload };
}

/** Refusals that come before anybody is asked for a password. */
function doorAnswer(request: IncomingMessage): Answer | undefined {
  if (isHeadTooLong(request.rawHeaders)) throw new NoAnswer("the head of a request is too long");
  const refused = methodAnswer(request.method ?? "");
  if (refused !== undefined) return refused;
  const encoding = request.headers["transfer-encoding"];
  if (encoding === undefined) return undefined;
  const chunked = encoding.toLowerCase() === "chunked";
  return plainError(
    501,
    chunked ? "chunked transfer encoding not supported" : `Unknown transfer encoding '${encoding}'`,
  );
}

function hasBody(request: IncomingMessage): boolean {
  return Number(request.headers["content-length"] ?? 0) > 0;
}

async function apiAnswer(here: Surroundings, request: IncomingMessage, target: Target): Promise<Answer> {
  const [, formatName = "", rest = ""] = /^\/api2\/([^/]*)(.*)$/.exec(target.path) ?? [];
  const path = rest.replace(/\/+$/, "");
  let identity: Identity | undefined;
  try {
    identity = authenticate(here, request, path);
  } catch (error) {
    if (!(error instanceof PveError)) throw error;
    await here.cluster.clock.sleep(here.authDelayMs, here.cluster.stopped);
    return bareError(error.status, error.message);
  }
  if (hasBody(request) && request.method !== "POST" && request.method !== "PUT") {
    return plainError(501, `Unexpected content for method '${request.method}'`);
  }
  const format = formatOf(formatName);
  if (format === undefined)
    return plainError(501, rest === "" ? "no such uri" : `no formatter for uri ${rest}, ${formatName}`);
  let content: Content;
  try {
    content = await readContent(here.cluster, request, target);
  } catch (error) {
    if (error instanceof PveError) return plainError(error.status, error.message);
    throw error;
  }
  return callAnswer(here, request, { path: path === "" ? "/" : path, format, content, identity });
}

interface Prepared {
  readonly path: string;
  readonly format: "json" | "extjs" | "html" | "htmljs";
  readonly content: Content;
  readonly identity: Identity | undefined;
}

async function callAnswer(here: Surroundings, request: IncomingMessage, prepared: Prepared): Promise<Answer> {
  const { upload } = prepared.content;
  here.settle?.();
  try {
    const value = await runCall(here.cluster, here.router, {
      method: request.method ?? "",
      path: prepared.path,
      raw: prepared.content.params,
      identity: prepared.identity,
      entry: here.node,
      ...(upload === undefined ? {} : { upload }),
    });
    return formatAnswer(prepared.format, { value });
  } catch (error) {
    if (error instanceof Unreachable) return bareError(error.status, error.message);
    if (!(error instanceof PveError)) throw error;
    if (error.status === 401) await here.cluster.clock.sleep(here.authDelayMs, here.cluster.stopped);
    return formatAnswer(prepared.format, { error, final: error instanceof NotImplemented });
  } finally {
    if (upload !== undefined) rmSync(upload.path, { force: true });
  }
}

function faultFor(
  here: Surroundings,
  point: "request" | "response",
  request: IncomingMessage,
  path: string,
): Fault | undefined {
  const { cluster, node } = here;
  const vmid = /\/(?:qemu|lxc)\/(\d+)/.exec(path)?.[1];
  const target = /^\/api2\/[^/]+(\/.*)$/.exec(path)?.[1] ?? path;
  const about = /^\/nodes\/([^/]+)/.exec(target)?.[1] ?? node.name;
  const subject = { node: about, method: request.method ?? "", path: target };
  return cluster.faults.take(point, vmid === undefined ? subject : { ...subject, vmid: Number(vmid) });
}

/** Applies a fault; true when the request is finished with it. */
async function strike(
  here: Surroundings,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (fault === undefined) return false;
  if (fault.delayMs !== undefined) await here.cluster.clock.sleep(fault.delayMs, here.cluster.stopped);
  if (fault.drop === true) {
    request.socket.destroy();
    return true;
  }
  if (fault.status === undefined) return false;
  const text = fault.reason ?? "fault";
  const answer = fault.status === 401 || fault.status >= 590 ? bareError(fault.status, text) : undefined;
  send(request, response, answer ?? formatAnswer("json", { error: new PveError(fault.status, text) }));
  return true;
}

/** Answers one HTTP request; a fault in our own code becomes a 500 that names it. */
export async function handleRequest(
  here: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = targetOf(request.url ?? "/");
  try {
    const refused = doorAnswer(request);
    if (refused !== undefined) return send(request, response, refused);
    if (!/^\/api2(?:\/|$)/.test(target.path)) return send(request, response, staticAnswer(target.path));
    if (await strike(here, faultFor(here, "request", request, target.path), request, response)) return;
    const answer = await apiAnswer(here, request, target);
    if (await strike(here, faultFor(here, "response", request, target.path), request, response)) return;
    // A connection that carried a file is not used again (pve-http-server, AnyEvent.pm).
    send(request, response, answer, isUpload(request, target) && hasBody(request));
  } catch (error) {
    const isCut = request.errored !== null || (request.destroyed && !request.complete);
    if (here.cluster.stopped.aborted || isCut || error instanceof NoAnswer) {
      request.socket.destroy();
      return;
    }
    const text = error instanceof Error ? error.message : String(error);
    here.cluster.counters.add("internal-error");
    send(request, response, formatAnswer("json", { error: new PveError(500, `emulator: ${text}`) }));
  }
}
