import type { ClusterFiles } from "../cluster/cluster-files.ts";
import type { Node } from "../cluster/node.ts";
import { type CertifiedKey, makeAuthority, makeCertificate } from "./certificate.ts";

/** The cluster's certificate authority; made when there is none yet. */
export function authorityOf(files: ClusterFiles): CertifiedKey {
  const certificate = files.read("pve-root-ca.pem");
  const key = files.read("priv/pve-root-ca.key");
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  const made = makeAuthority();
  files.write("pve-root-ca.pem", made.certificate);
  files.write("priv/pve-root-ca.key", made.key);
  return made;
}

/** A node's certificate; made when it has none yet. */
export function certificateOf(files: ClusterFiles, node: Node, authority: CertifiedKey): CertifiedKey {
  const certificate = files.read(pathOf(node, "pem"));
  const key = files.read(pathOf(node, "key"));
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  return issueCertificate(files, node, authority);
}

/** Gives a node another certificate and key, signed by an authority. */
export function issueCertificate(files: ClusterFiles, node: Node, authority: CertifiedKey): CertifiedKey {
  const names = [node.name, `${node.name}.lab.example`, "localhost", "127.0.0.1", "::1", node.address];
  const made = makeCertificate(authority, `${node.name}.lab.example`, names);
  files.write(pathOf(node, "pem"), made.certificate);
  files.write(pathOf(node, "key"), made.key);
  return made;
}

function pathOf(node: Node, ending: "pem" | "key"): string {
  return `nodes/${node.name}/pve-ssl.${ending}`;
}
