import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/** An Ed25519 key pair in the forms OpenSSH reads. */
export interface SshKeyPair {
  /** The text of a private key file. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA… comment` */
  readonly publicKey: string;
}

/**
 * Makes a key pair in process: OpenSSH does not read Node's PKCS#8 form of Ed25519 keys, so the file is written here
 * (OpenSSH, PROTOCOL.key).
 */
export function makeSshKey(comment: string): SshKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pub = rawBytes(publicKey, "x");
  const secret = Buffer.concat([rawBytes(privateKey, "d"), pub]);
  const blob = Buffer.concat([text("ssh-ed25519"), field(pub)]);
  const check = randomBytes(4);
  const inner = Buffer.concat([check, check, text("ssh-ed25519"), field(pub), field(secret), text(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const head = [Buffer.from("openssh-key-v1\0"), text("none"), text("none"), text(""), one];
  const file = Buffer.concat([...head, field(blob), field(Buffer.concat([inner, padding]))]);
  const lines = file.toString("base64").match(/.{1,70}/g) ?? [];
  return {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey: `ssh-ed25519 ${blob.toString("base64")} ${comment}`,
  };
}

function rawBytes(key: KeyObject, part: "x" | "d"): Buffer {
  const value = key.export({ format: "jwk" })[part];
  if (typeof value !== "string") throw new Error(`an Ed25519 key without its part '${part}'`);
  return Buffer.from(value, "base64url");
}

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function text(value: string): Buffer {
  return field(Buffer.from(value));
}
