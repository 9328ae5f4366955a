import { CoppiceError } from "@coppice/core";

/**
 * Quotes one argument for a POSIX shell; the only way in which input becomes part of a shell text.
 * Single quotes keep every byte as it is, so only the quote itself needs care.
 *
 * @example quoteShell("it's") // 'it'\''s'
 */
export function quoteShell(argument: string): string {
  if (argument.includes("\0")) throw unquotable("it holds a NUL character");
  // A lone surrogate would be changed on its way through UTF-8.
  if (!argument.isWellFormed()) throw unquotable("it is not well-formed text");
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

function unquotable(why: string): CoppiceError {
  return new CoppiceError("ssh.unquotable", { what: "An argument cannot be given to a shell", why });
}
