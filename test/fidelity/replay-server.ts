import { once } from "node:events";
import { createServer } from "node:https";
import { makeCertificate } from "../../packages/pve/src/fixtures/make-certificate.ts";
import type { Recorded } from "./recordings.ts";

/** Serves recorded exchanges over TLS, byte for byte where it matters: status, reason phrase, headers, body. */
export interface ReplayServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly fingerprint: string;
  /** The answers to the next requests, in order; a request for another method or path is a fault of the test. */
  arm(...exchanges: readonly Recorded[]): void;
  /** Requests that were not armed for. */
  readonly strays: readonly string[];
}

/** Starts a replay server on a free port. */
export async function startReplayServer(): Promise<ReplayServer> {
  const certificate = makeCertificate({ name: "pve1", hosts: ["127.0.0.1"] });
  const strays: string[] = [];
  let armed: Recorded[] = [];
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    request.resume();
    const next = armed.shift();
    const asked = `${request.method} ${pathOf(request.url ?? "")}`;
    if (next === undefined || asked !== `${next.method} ${pathOf(next.path)}`) {
      strays.push(`${asked} instead of ${next?.method} ${next?.path}`);
      response.writeHead(500, "not armed").end();
      return;
    }
    response.writeHead(next.status, next.reason, next.headers).end(next.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    endpoint: `https://127.0.0.1:${address.port}`,
    fingerprint: certificate.fingerprint,
    strays,
    arm: (...exchanges) => {
      armed = [...exchanges];
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Without query; decoded, because clients differ in which harmless characters they encode. */
function pathOf(url: string): string {
  return decodeURIComponent(url.split("?")[0] ?? "");
}
