import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CoppiceError, fileReason } from "@coppice/core";
import type { Asking } from "./asking.ts";
import type { Choice } from "./choice.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { refused } from "./refused.ts";

const CA_FILE = "pve-root-ca.pem";

/**
 * By what the cluster's certificate is verified: the given authority or fingerprint, nothing where public authorities
 * vouch for it, else the fingerprint that a person has compared. Never by nothing at all.
 */
export async function chooseTrust(
  endpoint: string,
  { caFile, fingerprint }: ClusterWish,
  { questions, remember }: Asking,
): Promise<Choice<{ readonly caFile?: string; readonly fingerprint?: string }>> {
  if (caFile !== undefined && fingerprint !== undefined)
    throw refused("--ca-file and --fingerprint exclude each other", "Give one of them");
  if (caFile !== undefined) {
    const tried = { caFile: resolve(caFile) };
    return { tried, kept: { caFile: CA_FILE }, files: [{ name: CA_FILE, text: await read(caFile) }] };
  }
  if (fingerprint !== undefined) return { tried: { fingerprint }, kept: { fingerprint }, files: [] };
  if (await verifiesPublicly(endpoint)) return { tried: {}, kept: {}, files: [] };
  const { firstContact } = await import("@coppice/pve");
  const seen = await firstContact(endpoint);
  questions?.tell([
    `${endpoint} shows the certificate of ${seen.subject},`,
    `issued by ${seen.issuer}. Its SHA-256 fingerprint:`,
    `  ${seen.fingerprint}`,
  ]);
  const isSame = await questions?.confirm("Does `pvenode cert info` on that node show the same?");
  if (isSame !== true) throw unverified(endpoint, seen.fingerprint);
  remember?.("--fingerprint", seen.fingerprint);
  return { tried: { fingerprint: seen.fingerprint }, kept: { fingerprint: seen.fingerprint }, files: [] };
}

/** Whether Node's own authorities vouch for it, as they will when the provider connects. */
async function verifiesPublicly(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    return true;
  } catch {
    // What is wrong with an address tells whoever connects to it next.
    return false;
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new CoppiceError("template.cluster", {
      what: `The CA file ${file} cannot be read`,
      why: fileReason(cause),
      wayOut: "Give another by --ca-file",
      cause,
    });
  }
}

function unverified(endpoint: string, fingerprint: string): CoppiceError {
  return new CoppiceError("pve.certificate-rejected", {
    what: `The certificate of ${endpoint} is not verified`,
    why: `no public authority vouches for it, and nobody has compared its fingerprint ${fingerprint}`,
    wayOut:
      "Compare it with `pvenode cert info` on the node and give --fingerprint, or give --ca-file with a copy of /etc/pve/pve-root-ca.pem",
  });
}
