import { CoppiceError, fileReason } from "@coppice/core";
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

const OWNER = "Choose another folder, or run the command as the one that owns it";
const ROOM = "Free some space, and run the command again";

/** What to do about what the system says of files. All else is a mistake of ours. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  EACCES: OWNER,
  EPERM: OWNER,
  EROFS: "Choose a folder that can be written",
  ENOENT: "Check the name, and that the folder above it is there",
  ENOTDIR: "Check the name",
  EISDIR: "Check the name",
  ELOOP: "Take out or correct the link that leads to itself",
  ENAMETOOLONG: "Check the name",
  ENOSPC: ROOM,
  EDQUOT: ROOM,
  EMFILE: "Raise the limit (`ulimit -n`), and run the command again",
};

function isRefusedBySystem(error: unknown): error is SystemRefusal {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && error.code in WAYS_OUT
  );
}

function systemText(refusal: SystemRefusal): string {
  const { code, path, message, syscall } = refusal;
  if (syscall === "uv_cwd")
    return `the current folder cannot be used: it was removed. Change to another one [${code}]`;
  const what = typeof path === "string" ? path : message;
  return `${what} cannot be used: ${fileReason(refusal)}. ${WAYS_OUT[code]} [${code}]`;
}
