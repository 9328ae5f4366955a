import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { isIPv4 } from "node:net";
import { bits, element, integer, octets, oid, sequence, set, time, utf8, yes } from "./der.ts";

/** A certificate and its key as PEM texts. */
export interface CertifiedKey {
  readonly certificate: string;
  readonly key: string;
}

interface Order {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: Buffer;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly years: number;
}

const ecdsaWithSha256 = sequence(oid("1.2.840.10045.4.3.2"));
const dayMs = 24 * 3600 * 1000;

function nameOf(parts: readonly (readonly [string, string])[]): Buffer {
  return sequence(...parts.map(([id, text]) => set(sequence(oid(id), utf8(text)))));
}

const caName = nameOf([
  ["2.5.4.3", "Proxmox Virtual Environment"],
  ["2.5.4.11", "emulated by coppice"],
  ["2.5.4.10", "PVE Cluster Manager CA"],
]);

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [yes()] : []), octets(value));
}

/** RFC 5280, 4.2.1.2: the key's identifier is the SHA-1 of its bit string. */
function keyIdentifier(publicKey: Buffer): Buffer {
  // An uncompressed P-256 point is the last 65 bytes of its SubjectPublicKeyInfo.
  return createHash("sha1").update(publicKey.subarray(-65)).digest();
}

function build(order: Order): string {
  const now = Date.now();
  const signed = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    order.issuer,
    sequence(time(new Date(now - dayMs)), time(new Date(now + order.years * 365 * dayMs))),
    order.subject,
    order.publicKey,
    element(0xa3, sequence(...order.extensions)),
  );
  const signature = sign("sha256", signed, order.signer);
  const body = sequence(signed, ecdsaWithSha256, bits(signature)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})/g, "$1\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    info: publicKey.export({ type: "spki", format: "der" }),
    privateKey,
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Makes the cluster's own certificate authority (ECDSA P-256, self-signed, ten years). */
export function makeAuthority(): CertifiedKey {
  const key = newKey();
  const certificate = build({
    subject: caName,
    issuer: caName,
    publicKey: key.info,
    signer: key.privateKey,
    years: 10,
    extensions: [
      extension("2.5.29.19", true, sequence(yes())),
      // keyCertSign and cRLSign.
      extension("2.5.29.15", true, bits(Buffer.from([0x06]), 1)),
      extension("2.5.29.14", false, octets(keyIdentifier(key.info))),
    ],
  });
  return { certificate, key: key.pem };
}

/** The public half's identifier as the authority's own certificate carries it. */
function authorityIdentifier(authority: CertifiedKey): Buffer {
  const jwk = createPrivateKey(authority.key).export({ format: "jwk" });
  const point = [
    Buffer.from([4]),
    Buffer.from(jwk.x ?? "", "base64url"),
    Buffer.from(jwk.y ?? "", "base64url"),
  ];
  return createHash("sha1").update(Buffer.concat(point)).digest();
}

function alternativeName(name: string): Buffer {
  if (isIPv4(name)) return element(0x87, Buffer.from(name.split(".").map(Number)));
  if (name === "::1") return element(0x87, Buffer.concat([Buffer.alloc(15), Buffer.from([1])]));
  return element(0x82, Buffer.from(name, "latin1"));
}

/**
 * Makes a node's certificate (two years, as pveupdate does), signed by the authority.
 *
 * @example makeCertificate(authority, "pve1.local", ["pve1", "localhost", "127.0.0.1", "::1"])
 */
export function makeCertificate(
  authority: CertifiedKey,
  host: string,
  names: readonly string[],
): CertifiedKey {
  const key = newKey();
  const certificate = build({
    subject: nameOf([
      ["2.5.4.11", "PVE Cluster Node"],
      ["2.5.4.10", "Proxmox Virtual Environment"],
      ["2.5.4.3", host],
    ]),
    issuer: caName,
    publicKey: key.info,
    signer: createPrivateKey(authority.key),
    years: 2,
    extensions: [
      extension("2.5.29.19", true, sequence()),
      extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))),
      extension("2.5.29.14", false, octets(keyIdentifier(key.info))),
      extension("2.5.29.35", false, sequence(element(0x80, authorityIdentifier(authority)))),
      extension("2.5.29.17", false, sequence(...names.map(alternativeName))),
    ],
  });
  return { certificate, key: key.pem };
}
