import { readFile } from "node:fs/promises";
import { CoppiceError, fileReason } from "@coppice/core";

/**
 * Where a secret is found. Resolved as late as possible, so that a rotated secret counts at once. `from` is where a value
 * was read, in the words of {@link secretPlace}.
 */
export type SecretReference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly value: string; readonly from?: string };

/**
 * Reads the secret that a reference points to, without its surrounding white space.
 *
 * @example await resolveSecret({ env: "PROXMOX_VE_API_TOKEN" })
 */
export async function resolveSecret(
  reference: SecretReference,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const secret = (await read(reference, environment))?.trim();
  if (secret) return secret;
  throw new CoppiceError("secret.unavailable", {
    what: `${placeOf(reference)} holds no secret`,
    wayOut: "Set it, or name another place",
  });
}

async function read(reference: SecretReference, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if ("value" in reference) return reference.value;
  if ("env" in reference) return environment[reference.env];
  try {
    return await readFile(reference.file, "utf8");
  } catch (cause) {
    throw new CoppiceError("secret.unavailable", {
      what: `${placeOf(reference)} cannot be read`,
      why: fileReason(cause),
      wayOut: "Create the file, or make it readable for this user",
      cause,
    });
  }
}

/**
 * Where a secret was read, for people; undefined where it was simply given.
 *
 * @example secretPlace({ file: "/run/secrets/pve" }) // "the file /run/secrets/pve"
 */
export function secretPlace(reference: SecretReference): string | undefined {
  if ("env" in reference) return `the environment variable ${reference.env}`;
  return "file" in reference ? `the file ${reference.file}` : reference.from;
}

function placeOf(reference: SecretReference): string {
  const place = secretPlace(reference) ?? "the given value";
  return `${place[0]?.toUpperCase()}${place.slice(1)}`;
}
