import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CredentialReference, fileReason } from "@coppice/core";

/** What references are looked up in. */
export interface ReferencePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative names of files begin here. */
  readonly folder: string;
}

/** A secret that was read, or why there is none. */
export type ReadSecret = { readonly value: string } | { readonly problem: string };

/** Reads what a reference leads to. */
export function readReference(
  { env, file }: CredentialReference,
  { environment, folder }: ReferencePlaces,
): ReadSecret {
  if (env !== undefined) return found(environment[env], `the environment variable ${env} is not set`);
  if (file === undefined) return { problem: "it names neither a variable nor a file" };
  const path = resolve(folder, file);
  try {
    return found(readFileSync(path, "utf8"), `the file ${path} is empty`);
  } catch (error) {
    return { problem: `the file ${path} cannot be read (${fileReason(error)})` };
  }
}

function found(text: string | undefined, problem: string): ReadSecret {
  const value = text?.trim() ?? "";
  return value === "" ? { problem } : { value };
}
