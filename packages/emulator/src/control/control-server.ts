import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CoppiceError } from "@coppice/core";
import { parseFaultRule } from "../faults/parse-fault-rule.ts";
import type { Control } from "./control.ts";
import { parseBehaviour, parseNodeState, parseNumber } from "./control-input.ts";

/** A control port and what a client needs to use it. */
export interface ControlServer {
  readonly url: string;
  /** Goes into `Authorization: Bearer …`. */
  readonly token: string;
  close(): Promise<void>;
}

type Handler = (control: Control, name: string, body: unknown) => unknown;

/** What the port does; `{}` in a path is a name. */
const handlers: Readonly<Record<string, Handler>> = {
  "GET /counters": (control) => control.counters(),
  "DELETE /counters": (control) => control.resetCounters(),
  "GET /faults": (control) => control.faults.list(),
  "POST /faults": (control, _, body) => ({ id: control.faults.add(parseFaultRule(body)) }),
  "DELETE /faults": (control) => control.faults.clear(),
  "DELETE /faults/{}": (control, id) => ({ removed: control.faults.remove(Number(id)) }),
  "PUT /nodes/{}": (control, name, body) => control.setNode(name, parseNodeState(body)),
  "POST /host-keys/{}": (control, name) => ({ hostKey: control.changeHostKey(name) }),
  "POST /certificates/{}": (control, name) => control.changeCertificate(name),
  "PUT /guests/{}": (control, vmid, body) => control.behave(Number(vmid), parseBehaviour(body)),
  "PUT /votes": (control, _, body) => control.expectVotes(parseNumber(body, "votes")),
  "POST /clock": (control, _, body) => control.advance(parseNumber(body, "ms") ?? 0),
  "POST /status-round": (control) => control.tellStatus(),
  "POST /ha-rounds": (control) => control.settleHa(),
  "POST /snapshots/{}": (control, name) => control.save(name),
  "PUT /snapshots/{}": (control, name) => control.restore(name),
  "DELETE /snapshots/{}": (control, name) => control.forget(name),
  "GET /check": (control) => control.check(),
};

const longestBody = 64 * 1024;

/** Opens the control port, on this machine's own address only. */
export async function openControlServer(control: Control, port = 0): Promise<ControlServer> {
  const token = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => void answer(control, token, request, response));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server)}`, token, close: () => closeServer(server) };
}

async function answer(
  control: Control,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (!isAllowed(request, token))
      return send(response, 401, { error: "the control port wants its own token" });
    const found = find(request);
    if (found === undefined)
      return send(response, 404, {
        error: `there is no ${request.method} ${request.url}`,
        known: Object.keys(handlers),
      });
    const result = await found.handler(control, found.name, await readJson(request));
    send(response, 200, result ?? null);
  } catch (error) {
    const isAsked = CoppiceError.is(error) && error.audience !== "bug";
    send(response, isAsked ? 400 : 500, { error: error instanceof Error ? error.message : String(error) });
  }
}

function isAllowed(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function find(request: IncomingMessage): { handler: Handler; name: string } | undefined {
  const [, first = "", name = "", rest] = (request.url ?? "/").split("?")[0]?.split("/") ?? [];
  const handler = handlers[`${request.method} /${first}${name === "" ? "" : "/{}"}`];
  return handler === undefined || rest !== undefined
    ? undefined
    : { handler, name: decodeURIComponent(name) };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    // as: a request without an encoding yields buffers.
    const bytes = piece as Buffer;
    size += bytes.length;
    if (size > longestBody)
      throw new CoppiceError("emulator.control", { what: "the request's body is too long" });
    pieces.push(bytes);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch (error) {
    throw new CoppiceError("emulator.control", { what: "the request's body is no JSON", cause: error });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(`${JSON.stringify(body)}\n`);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the control port is closed");
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
