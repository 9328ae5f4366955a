import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { demandVncTicket, enterConsole } from "../guests/console-ticket.ts";
import { identityOf } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { Params } from "../schema/params.ts";
import { type Answer, answerBytes, bareError } from "./answer.ts";
import { authenticate } from "./authenticate.ts";
import { formatAnswer } from "./format-answer.ts";
import type { Surroundings } from "./handle-request.ts";
import { parseForm, unescapeUri } from "./uri-text.ts";
import { readFrames, writeFrame } from "./websocket-frames.ts";

/** A fixed value of RFC 6455, 1.3. */
const webSocketMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** What every VNC server says first. */
const greeting = "RFB 003.008\n";

function writeAnswer(socket: Duplex, answer: Answer): void {
  socket.end(answerBytes(answer));
}

/** Nobody sits at the console: pings are answered, an end is an end, and everything else is dropped. */
function serve(socket: Duplex, head: Buffer): void {
  let kept: Buffer = Buffer.alloc(0);
  const take = (piece: Buffer) => {
    const read = readFrames(Buffer.concat([kept, piece]));
    kept = read.rest;
    for (const payload of read.pings) socket.write(writeFrame(10, payload));
    if (read.broken) socket.destroy();
    else if (read.closes) socket.end();
  };
  socket.on("data", take);
  socket.on("end", () => socket.end());
  if (head.length > 0) take(head);
}

function accept(request: IncomingMessage, socket: Duplex): void {
  const key = request.headers["sec-websocket-key"] ?? "";
  const proof = createHash("sha1").update(`${key}${webSocketMagic}`).digest("base64");
  const wanted = request.headers["sec-websocket-protocol"];
  const protocol =
    wanted === undefined
      ? ""
      : `Sec-WebSocket-Protocol: ${/\bbinary\b/.test(wanted) ? "binary" : "base64"}\r\n`;
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: ${proof}\r\n${protocol}\r\n`,
  );
  socket.write(writeFrame(2, Buffer.from(greeting, "latin1")));
}

/** True when a request for another protocol is one for a console; any other is answered as if it asked for none. */
export function isConsoleRequest(request: IncomingMessage): boolean {
  return request.method === "GET" && (request.url ?? "").split("?", 1)[0]?.endsWith("websocket") === true;
}

/** Answers a request for a websocket: a console's greeting for whoever has its ticket, a refusal for everybody else. */
export function handleUpgrade(
  here: Surroundings,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on("error", () => socket.destroy());
  const [rawPath = "", query = ""] = (request.url ?? "").split("?", 2);
  const path = unescapeUri(rawPath);
  const vmid = /^\/api2\/json\/nodes\/[^/]+\/qemu\/(\d+)\/vncwebsocket$/.exec(path)?.[1];
  try {
    const identity = authenticate(here, request, path.replace(/^\/api2\/[^/]+/, "")) ?? identityOf("");
    if (vmid === undefined) throw new PveError(501, `Method 'GET ${path}' not implemented`);
    here.cluster.require(identity, `/vms/${vmid}`, ["VM.Console"]);
    const ticket = parseForm(query).get("vncticket");
    const params = new Params([
      ["vmid", vmid],
      ["vncticket", typeof ticket === "string" ? ticket : ""],
    ]);
    demandVncTicket({ cluster: here.cluster, node: here.node, identity, params });
    accept(request, socket);
    serve(socket, head);
    enterConsole(here.cluster, params.text("vncticket"));
  } catch (error) {
    if (!(error instanceof PveError)) {
      here.cluster.counters.add("internal-error");
      socket.destroy();
      return;
    }
    const atDoor = error.status === 401 && !error.message.includes("PVEVNC");
    writeAnswer(socket, atDoor ? bareError(401, error.message) : formatAnswer("json", { error }));
  }
}
