import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { parseEndpoint } from "./endpoint.ts";
import { transportFailure } from "./transport-failure.ts";

/** What a server shows of itself before it is trusted. */
export interface FirstContact {
  /** SHA-256 of the certificate with colons, as `pvenode cert info` shows it. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
}

/**
 * Fetches the certificate of an endpoint that is not trusted yet, so that a person can compare its
 * fingerprint with the node's own. Sends nothing and trusts nothing.
 */
export async function firstContact(
  endpoint: string,
  signal: AbortSignal = AbortSignal.timeout(10_000),
): Promise<FirstContact> {
  const url = parseEndpoint(endpoint);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = connect({
    host,
    port: Number(url.port || 443),
    servername: isIP(host) ? "" : host,
    rejectUnauthorized: false,
  });
  try {
    await secured(socket, signal);
    return describe(socket);
  } catch (cause) {
    throw transportFailure(cause, { request: { method: "TLS", path: url.host }, endpoint: url.host });
  } finally {
    socket.destroy();
  }
}

function secured(socket: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => socket.destroy(new Error("no answer in time")), { once: true });
    socket
      .once("secureConnect", resolve)
      .once("error", reject)
      .once("close", () => reject(new Error("closed")));
  });
}

function describe(socket: TLSSocket): FirstContact {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) throw new Error("the server showed no certificate");
  const { fingerprint256, subject, issuer, validTo } = certificate;
  return { fingerprint: fingerprint256, subject: oneLine(subject), issuer: oneLine(issuer), validTo };
}

function oneLine(name: string | undefined): string {
  return (name ?? "").replaceAll("\n", ", ");
}
