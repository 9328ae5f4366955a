/**
 * A failure that the user can act on: what happened, why, and the way out.
 * The toolchain runs before `@coppice/core` is built, so it has its own small error of the same shape.
 */
export class ToolchainError extends Error {
  /**
   * @param {{ what: string, why?: string, wayOut: string, cause?: unknown }} parts
   */
  constructor({ what, why, wayOut, cause }) {
    super(`${what}${because(why)}\n${wayOut}`, { cause });
    this.name = "ToolchainError";
    this.what = what;
    this.wayOut = wayOut;
  }
}

/**
 * A reason of several lines is another program's output and stands by itself.
 * @param {string | undefined} why
 */
function because(why) {
  if (!why) return ".";
  return why.includes("\n") ? `:\n${why}` : `: ${why.replace(/\.$/, "")}.`;
}

/**
 * One line for any thrown value.
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}
