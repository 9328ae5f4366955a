import { createHash } from "node:crypto";
import { PveError } from "../errors/pve-error.ts";

/**
 * Which host key a node must show: the fingerprint as `ssh-keygen -lf` prints it (`SHA256:…`), or the
 * key itself as in a known_hosts or .pub file (`ssh-ed25519 AAAA…`).
 */
export type HostKey = { readonly fingerprint: string } | { readonly key: string };

/** A host key to compare with. */
export interface ExpectedHostKey {
  readonly fingerprint: string;
  /** The algorithms to ask the server for, where the key tells its type. */
  readonly algorithms: readonly HostKeyAlgorithm[] | undefined;
}

/** Host key algorithms as ssh2 names them. */
export type HostKeyAlgorithm =
  | "ssh-ed25519"
  | "ecdsa-sha2-nistp256"
  | "ecdsa-sha2-nistp384"
  | "ecdsa-sha2-nistp521"
  | "rsa-sha2-512"
  | "rsa-sha2-256";

const algorithmsByType: Readonly<Record<string, readonly HostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/** Reads a pin. */
export function expectedHostKey(pin: HostKey): ExpectedHostKey {
  if ("fingerprint" in pin) return { fingerprint: normalize(pin.fingerprint), algorithms: undefined };
  const [type = "", base64 = ""] = pin.key.trim().split(/\s+/);
  const algorithms = algorithmsByType[type];
  const blob = Buffer.from(base64, "base64");
  // The blob begins with its own type, length-prefixed (RFC 4253, 6.6).
  if (!algorithms || blob.subarray(4, 4 + type.length).toString() !== type)
    throw badPin("the key is not a line like `ssh-ed25519 AAAA…`");
  return { fingerprint: fingerprintOf(blob), algorithms };
}

/** `SHA256:` and base64 without padding, as OpenSSH writes it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function normalize(fingerprint: string): string {
  const text = fingerprint.trim().replace(/=+$/, "");
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(text)) return text;
  throw badPin("the fingerprint is not of the form SHA256:…");
}

function badPin(why: string): PveError {
  return new PveError("pve.settings", {
    what: "The SSH host key pin cannot be used",
    why,
    wayOut: "On the node: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
  });
}
