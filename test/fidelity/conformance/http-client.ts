import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import type { Duplex } from "node:stream";
import type { WireAnswer } from "./wire-answer.ts";

/** A request, byte for byte. */
export interface WireRequest {
  readonly method: string;
  /** With its query, not normalised. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Speaks HTTP/1.1 to one node with the emulator's own authority as the only trusted one. */
export class HttpClient {
  readonly #port: number;
  readonly #agent: Agent;

  constructor(url: string, ca: string) {
    this.#port = Number(new URL(url).port);
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 8 });
  }

  /** Sends a request; a connection that is refused or cut answers status 0. */
  send(wire: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port: this.#port,
          agent: this.#agent,
          method: wire.method,
          path: wire.path,
          headers: {
            ...wire.headers,
            ...(wire.body === undefined ? {} : { "Content-Length": wire.body.length }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              // Node reads the phrase as Latin-1; Proxmox sends UTF-8.
              reason: Buffer.from(response.statusMessage ?? "", "latin1").toString("utf8"),
              headers: joined(response.headers),
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      sent.on("upgrade", (response, socket, head) => {
        void firstBytes(socket, head).then((body) =>
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? "",
            headers: joined(response.headers),
            body,
          }),
        );
      });
      sent.on("error", () => resolve({ status: 0, reason: "", headers: {}, body: Buffer.alloc(0) }));
      sent.end(wire.body);
    });
  }

  /** Lets go of the kept connections. */
  close(): void {
    this.#agent.destroy();
  }
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
  );
}

/** What comes first over an upgraded connection, which is then let go. */
function firstBytes(socket: Duplex, head: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const end = (bytes: Buffer) => {
      socket.destroy();
      resolve(bytes);
    };
    if (head.length > 0) return end(head);
    socket.once("data", end);
    socket.once("close", () => end(Buffer.alloc(0)));
  });
}
