import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { CertifiedKey } from "../certificates/certificate.ts";
import { answerBytes } from "./answer.ts";
import { brokenRequestAnswer } from "./broken-request.ts";
import { handleRequest, type Surroundings } from "./handle-request.ts";
import { handleUpgrade, isConsoleRequest } from "./handle-upgrade.ts";

/** A node's listening API server. */
export interface NodeServer {
  readonly port: number;
  /** Swaps the certificate that new connections see. */
  useCertificate(certified: CertifiedKey): void;
  /** Stops listening, cuts every connection and waits for the handlers at work. */
  close(): Promise<void>;
  /** Cuts every open connection, as a node that goes down does. */
  cut(): void;
}

/** The parser's own limit: longer than pveproxy's, since it counts the request line too. */
const headLimit = 64 * 1024;

/** pveproxy closes a connection on which it waited so long for the client (pve-http-server, AnyEvent.pm). */
const silenceMs = 5000;

/**
 * Closes connections on which nothing came for too long while the client had the word. What is already there when the
 * time is over has come: a busy machine may look late.
 */
function endSilence(server: HttpsServer): void {
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on("request", (request, response) => answering.set(request.socket, response));
  server.on("timeout", (socket: Socket) => {
    const response = answering.get(socket);
    if (response !== undefined && response.req.complete && !response.writableFinished) return;
    const before = socket.bytesRead;
    setImmediate(() => {
      if (socket.bytesRead === before) socket.destroy();
    });
  });
  server.timeout = silenceMs;
}

/** What is no request gets pveproxy's answer where it has one; a connection that broke gets none. */
function refuseBroken(error: Error, socket: Duplex): void {
  const bytes: unknown = "rawPacket" in error ? error.rawPacket : undefined;
  const answer = Buffer.isBuffer(bytes) ? brokenRequestAnswer(bytes) : undefined;
  if (answer === undefined || !socket.writable) socket.destroy();
  else socket.end(answerBytes(answer), () => socket.destroy());
}

function tlsServer(
  here: Surroundings,
  certified: CertifiedKey,
  authority: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): HttpsServer {
  const server = createHttpsServer(
    {
      key: certified.key,
      cert: certified.certificate + authority,
      minVersion: "TLSv1.2",
      ALPNProtocols: ["http/1.1"],
      maxHeaderSize: headLimit,
      keepAliveTimeout: silenceMs,
      handshakeTimeout: silenceMs,
      requestTimeout: 0,
      shouldUpgradeCallback: isConsoleRequest,
    },
    (request, response) => {
      if (here.node.online) answer(request, response);
      else request.socket.destroy();
    },
  );
  server.on("upgrade", (request, socket, head) => handleUpgrade(here, request, socket, head));
  server.maxHeadersCount = 0;
  server.maxRequestsPerSocket = 0;
  server.on("tlsClientError", (_, socket) => socket.destroy());
  server.on("clientError", refuseBroken);
  endSilence(server);
  return server;
}

/** Plain HTTP on the TLS port is sent to https: GET and HEAD with 301, the rest with 308. */
function redirectServer(): HttpServer {
  const server = createHttpServer((request, response) => {
    const moved = request.method === "GET" || request.method === "HEAD";
    const location = `https://${request.headers.host ?? "localhost"}${request.url ?? "/"}`;
    response.writeHead(moved ? 301 : 308, { Location: location, Connection: "close", "Content-Length": 0 });
    response.end();
  });
  server.timeout = silenceMs;
  server.on("clientError", (_, socket) => socket.destroy());
  return server;
}

/** The first byte of a TLS connection is the handshake record's type. */
const handshake = 0x16;

function dispatch(socket: Socket, tls: HttpsServer, plain: HttpServer): void {
  socket.setTimeout(silenceMs, () => socket.destroy());
  socket.once("readable", () => {
    const first: unknown = socket.read();
    // The end came before anything else.
    if (!Buffer.isBuffer(first)) return socket.destroy();
    socket.setTimeout(0);
    socket.unshift(first);
    (first[0] === handshake ? tls : plain).emit("connection", socket);
  });
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the server has no port"));
      else resolve(address.port);
    });
  });
}

/** Starts a node's API server on a port of this machine; 0 takes any free one. */
export async function startNodeServer(
  here: Surroundings,
  certified: CertifiedKey,
  authority: string,
  port: number,
  host = "127.0.0.1",
): Promise<NodeServer> {
  // A request goes on after its connection was cut: the server has closed only when no handler is at work any more.
  const inFlight = new Set<Promise<void>>();
  const tls = tlsServer(here, certified, authority, (request, response) => {
    const work: Promise<void> = handleRequest(here, request, response).finally(() => inFlight.delete(work));
    inFlight.add(work);
  });
  const plain = redirectServer();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setNoDelay(true);
    dispatch(socket, tls, plain);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: await listen(server, port, host),
    useCertificate: (next) => tls.setSecureContext({ key: next.key, cert: next.certificate + authority }),
    cut,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      });
      await Promise.all(inFlight);
    },
  };
}
