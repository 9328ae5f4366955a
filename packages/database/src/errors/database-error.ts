import { CoppiceError } from "@coppice/core";
import { codeOf, isBusy } from "./connection-state.ts";

/** PostgreSQL's codes of a sign-in that it refuses: login, password, database, right to connect, too many. */
const REFUSED = new Set(["28000", "28P01", "3D000", "42501", "53300"]);

/**
 * What the driver threw, as an error for people where it is about the database itself; anything else as it is.
 *
 * @param where the database, in words without a password
 */
export function databaseError(error: unknown, where: string): unknown {
  if (CoppiceError.is(error) || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === "53100" || /No space left on device/.test(error.message)) return full(error, where);
  if (isBusy(error)) return lost(error, where);
  // The system's own codes are words: ENOTFOUND, ECONNREFUSED.
  return REFUSED.has(code) || /^E[A-Z_]+$/.test(code) ? unreachable(error, where) : error;
}

function full(cause: Error, where: string): CoppiceError {
  return new CoppiceError("database.full", {
    what: `Nothing could be written to the database in ${where}`,
    why: "the disk is full",
    wayOut: "Make room on its disk, then run it again",
    cause,
  });
}

function lost(cause: Error, where: string): CoppiceError {
  return new CoppiceError("database.lost", {
    what: `The connection to the database in ${where} broke off`,
    why: cause.message,
    wayOut: "Run it again: what was written stands as a whole or not at all",
    cause,
  });
}

function unreachable(cause: Error, where: string): CoppiceError {
  return new CoppiceError("database.unreachable", {
    what: `The database in ${where} cannot be used`,
    why: cause.message || codeOf(cause),
    wayOut: "Check its address, the password and the server",
    cause,
  });
}
