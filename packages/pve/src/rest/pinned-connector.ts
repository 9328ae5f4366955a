import { TLSSocket } from "node:tls";
import type { buildConnector } from "undici";
import { PveError } from "../errors/pve-error.ts";
import type { ResolvedTrust } from "./tls-trust.ts";

const connectTimeout = 10_000;

/** Opens TLS connections that have passed verification before undici may write to them. */
export function pinnedConnector(
  build: typeof buildConnector,
  { options, pin }: ResolvedTrust,
): buildConnector.connector {
  const connect = build({
    ...options,
    timeout: connectTimeout,
    // HTTP/2 has no reason phrase, and Proxmox's errors live in it.
    allowH2: false,
    // A resumed session would not show the certificate again.
    maxCachedSessions: 0,
  });
  if (pin === undefined) return connect;
  return (target, callback) =>
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const seen = fingerprintOf(socket);
      if (seen === pin) return callback(null, socket);
      socket.destroy();
      callback(mismatch(target.host ?? target.hostname, pin, seen), null);
    });
}

function fingerprintOf(socket: unknown): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  return socket.getPeerX509Certificate()?.fingerprint256.replaceAll(":", "");
}

function mismatch(host: string, pin: string, seen: string | undefined): PveError {
  return new PveError("pve.certificate-mismatch", {
    what: `${host} shows another certificate than the pinned one`,
    why: `its SHA-256 fingerprint is ${colons(seen ?? "")}, pinned is ${colons(pin)}`,
    wayOut:
      "If the node was given a new certificate, compare with `pvenode cert info` on the node itself and pin that; else somebody sits in between",
  });
}

/** Hex as Proxmox and browsers show fingerprints. */
function colons(hex: string): string {
  return hex === "" ? "unknown" : (hex.match(/../g)?.join(":") ?? hex);
}
