import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CredentialReference } from "@coppice/core";

/** A secret that was read, or why there is none. */
export type ReadSecret = { readonly value: string } | { readonly problem: string };

/** Reads what a reference leads to. A relative file begins at the program's folder. */
export function readReference({ env, file }: CredentialReference): ReadSecret {
  if (env !== undefined) return found(process.env[env], `the environment variable ${env} is not set`);
  if (file === undefined) return { problem: "it names neither a variable nor a file" };
  const path = resolve(file);
  try {
    return found(readFileSync(path, "utf8"), `the file ${path} is empty`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return { problem: `the file ${path} cannot be read (${code})` };
  }
}

function found(text: string | undefined, problem: string): ReadSecret {
  const value = text?.trim() ?? "";
  return value === "" ? { problem } : { value };
}
