import { readFile } from "node:fs/promises";
import { fileReason } from "@coppice/core";
import { PveError } from "../errors/pve-error.ts";

/**
 * How the server's certificate is verified. There is no way to switch it off.
 * - `{}`: by the public authorities that Node knows, with the host name.
 * - `ca` or `caFile`: by this authority (a cluster's own is /etc/pve/pve-root-ca.pem), with the host name.
 * - `fingerprint`: the certificate must be exactly the one with this SHA-256 fingerprint. Its names and
 *   dates are then of no importance: the pin says more than they do.
 */
export interface TlsTrust {
  readonly ca?: string;
  readonly caFile?: string;
  readonly fingerprint?: string;
}

/** What a connection needs to verify the server. */
export interface ResolvedTrust {
  readonly options: { readonly rejectUnauthorized: boolean; readonly ca?: string };
  /** Upper-case hex without colons, where the certificate is pinned. */
  readonly pin: string | undefined;
}

/** Reads files and checks spelling; a pin and an authority together are a contradiction. */
export async function resolveTrust(trust: TlsTrust): Promise<ResolvedTrust> {
  const given = [trust.ca, trust.caFile, trust.fingerprint].filter((value) => value !== undefined);
  if (given.length > 1)
    throw settings("more than one of ca, caFile and fingerprint is given", "Give exactly one");
  if (trust.fingerprint !== undefined) {
    // The chain is not judged here because the pin is, before the first byte of a request is sent.
    return { options: { rejectUnauthorized: false }, pin: normalizeFingerprint(trust.fingerprint) };
  }
  const ca = trust.ca ?? (trust.caFile === undefined ? undefined : await readCa(trust.caFile));
  return { options: { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) }, pin: undefined };
}

/** SHA-256 fingerprint without colons, upper case; refuses anything else. */
export function normalizeFingerprint(fingerprint: string): string {
  const hex = fingerprint
    .replace(/^sha-?256[ :=]+/i, "")
    .replaceAll(":", "")
    .trim()
    .toUpperCase();
  if (/^[0-9A-F]{64}$/.test(hex)) return hex;
  throw settings(
    "the fingerprint is not a SHA-256 one (64 hex digits)",
    "`pvenode cert info` on the node shows it",
  );
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw settings(
      `the CA file ${file} cannot be read: ${fileReason(cause)}`,
      "Copy /etc/pve/pve-root-ca.pem there",
      cause,
    );
  }
}

function settings(why: string, wayOut: string, cause?: unknown): PveError {
  return new PveError("pve.settings", {
    what: "The TLS settings cannot be used",
    why,
    wayOut,
    ...(cause ? { cause } : {}),
  });
}
