import { X509Certificate } from "node:crypto";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { commonParams } from "../schema/common-params.ts";

const openSslNames: Readonly<Record<string, string>> = { rsa: "rsaEncryption", ec: "id-ecPublicKey" };

/** `/CN=…/OU=…`, as OpenSSL prints a name in one line. */
function oneLine(name: string): string {
  return name
    .split("\n")
    .map((part) => `/${part}`)
    .join("");
}

function alternativeNames({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName
    .split(", ")
    .filter((name) => name !== "")
    .map((name) => name.slice(name.indexOf(":") + 1));
}

/** pve-common, PVE/Certificate.pm: `get_certificate_info`. */
function describe(filename: string, pem: string): unknown {
  const certificate = new X509Certificate(pem);
  const { asymmetricKeyType = "", asymmetricKeyDetails: details } = certificate.publicKey;
  return {
    filename,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notbefore: Date.parse(certificate.validFrom) / 1000,
    notafter: Date.parse(certificate.validTo) / 1000,
    fingerprint: certificate.fingerprint256,
    san: alternativeNames(certificate),
    pem,
    "public-key-type": openSslNames[asymmetricKeyType] ?? asymmetricKeyType,
    // The one curve of the emulator's own keys.
    "public-key-bits": details?.modulusLength ?? 256,
  };
}

function info({ cluster, node }: Call): unknown[] {
  const known = [
    ["pve-root-ca.pem", "pve-root-ca.pem"],
    ["pve-ssl.pem", `nodes/${node.name}/pve-ssl.pem`],
  ] as const;
  return known.flatMap(([filename, path]) => {
    const pem = cluster.files.read(path);
    return pem === undefined ? [] : [describe(filename, pem)];
  });
}

/** A node's certificates (pve-manager, PVE/API2/Certificates.pm). */
export const certificateRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/certificates/info",
    permission: "user",
    onNode: true,
    params: { node: commonParams.node },
    handle: info,
  },
];
