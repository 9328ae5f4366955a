import { readFile } from "node:fs/promises";
import { CoppiceError, fileReason } from "@coppice/core";

/** Where a secret is found. Resolved as late as possible, so that a rotated secret counts at once. */
export type SecretReference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly value: string };

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
    what: `${nameOf(reference)} holds no secret`,
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
      what: `${nameOf(reference)} cannot be read`,
      why: fileReason(cause),
      wayOut: "Create the file, or make it readable for this user",
      cause,
    });
  }
}

function nameOf(reference: SecretReference): string {
  if ("env" in reference) return `The environment variable ${reference.env}`;
  return "file" in reference ? `The file ${reference.file}` : "The given value";
}
