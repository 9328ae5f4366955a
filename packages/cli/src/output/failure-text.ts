import { CoppiceError } from "@coppice/core";
import { ToolchainError } from "@coppice/toolchain";

/**
 * What the terminal shows for a failure: the sentence of an error that was meant for readers, the stack of any other,
 * because that is our mistake and has to be reported.
 */
export function failureText(error: unknown): string {
  if (CoppiceError.is(error) || error instanceof ToolchainError) return `coppice: ${error.message}`;
  if (isRefusedBySystem(error)) return `coppice: ${systemText(error)}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `coppice: this is a mistake in coppice, please report it with these lines:\n${stack}`;
}

interface SystemRefusal extends Error {
  readonly code: string;
  readonly path?: unknown;
  readonly syscall?: unknown;
}

/** What the system says about files, in words, with the way out. All else is a mistake of ours. */
const REFUSALS: Readonly<Record<string, readonly [why: string, wayOut: string]>> = {
  EACCES: [
    "this account has no right to it",
    "Choose another folder, or run the command as the one that owns it",
  ],
  EPERM: [
    "this account has no right to it",
    "Choose another folder, or run the command as the one that owns it",
  ],
  EROFS: ["its file system can only be read", "Choose a folder that can be written"],
  ENOENT: ["it does not exist", "Check the name, and that the folder above it is there"],
  ENOTDIR: ["a part of that name is a file, not a folder", "Check the name"],
  EISDIR: ["it is a folder, not a file", "Check the name"],
  ENOSPC: ["the disk is full", "Free some space, and run the command again"],
  EDQUOT: ["this account's share of the disk is used up", "Free some space, and run the command again"],
  EMFILE: ["too many files are open", "Raise the limit (`ulimit -n`), and run the command again"],
};

function isRefusedBySystem(error: unknown): error is SystemRefusal {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && error.code in REFUSALS
  );
}

function systemText({ code, path, message, syscall }: SystemRefusal): string {
  if (syscall === "uv_cwd")
    return `the current folder cannot be used: it was removed. Change to another one [${code}]`;
  const [why, wayOut] = REFUSALS[code] ?? [message, ""];
  return `${typeof path === "string" ? path : message} cannot be used: ${why}. ${wayOut} [${code}]`;
}
