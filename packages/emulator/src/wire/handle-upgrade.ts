import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { demandVncTicket, enterConsole } from "../guests/console-ticket.ts";
import { identityOf } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { Params } from "../schema/params.ts";
import { type Answer, bareError, reasonPhrase } from "./answer.ts";
import { authenticate } from "./authenticate.ts";
import { formatAnswer } from "./format-answer.ts";
import type { Surroundings } from "./handle-request.ts";
import { parseForm, unescapeUri } from "./uri-text.ts";

/** A fixed value of RFC 6455, 1.3. */
const webSocketMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** What every VNC server says first. */
const greeting = "RFB 003.008\n";

function writeAnswer(socket: Duplex, answer: Answer): void {
  const body = answer.body ?? Buffer.alloc(0);
  const type = answer.contentType === undefined ? "" : `Content-Type: ${answer.contentType}\r\n`;
  const head = `HTTP/1.1 ${answer.status} ${reasonPhrase(answer.reason)}\r\nCache-Control: max-age=0\r\nConnection: close\r\nPragma: no-cache\r\nServer: pve-api-daemon/3.0\r\n${type}Content-Length: ${body.length}\r\n\r\n`;
  socket.end(Buffer.concat([Buffer.from(head, "latin1"), body]));
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
  socket.write(Buffer.concat([Buffer.from([0x82, greeting.length]), Buffer.from(greeting, "latin1")]));
  socket.resume();
}

/** Answers a request for a websocket: a console's greeting for whoever has its ticket, a refusal for everybody else. */
export async function handleUpgrade(
  here: Surroundings,
  request: IncomingMessage,
  socket: Duplex,
): Promise<void> {
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
    enterConsole(here.cluster, params.text("vncticket"));
  } catch (error) {
    if (!(error instanceof PveError)) throw error;
    const atDoor = error.status === 401 && !error.message.includes("PVEVNC");
    writeAnswer(socket, atDoor ? bareError(401, error.message) : formatAnswer("json", { error }));
  }
}
