import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import type { CertifiedKey } from "../certificates/certificate.ts";
import { handleRequest, type Surroundings } from "./handle-request.ts";
import { handleUpgrade } from "./handle-upgrade.ts";

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

const headerLimit = 8192;

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
      maxHeaderSize: headerLimit * 8,
      keepAliveTimeout: 5000,
      requestTimeout: 0,
    },
    (request, response) => {
      if (here.node.online) answer(request, response);
      else request.socket.destroy();
    },
  );
  server.on("upgrade", (request, socket) => void handleUpgrade(here, request, socket));
  server.maxHeadersCount = 64;
  server.maxRequestsPerSocket = 0;
  // Bytes that are no TLS or no HTTP end the connection and nothing else.
  server.on("tlsClientError", (_, socket) => socket.destroy());
  server.on("clientError", (_, socket) => socket.destroy());
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
  server.on("clientError", (_, socket) => socket.destroy());
  return server;
}

/** The first byte of a TLS connection is the handshake record's type. */
const handshake = 0x16;

function dispatch(socket: Socket, tls: HttpsServer, plain: HttpServer): void {
  socket.once("readable", () => {
    const first: unknown = socket.read();
    if (!Buffer.isBuffer(first)) return;
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
