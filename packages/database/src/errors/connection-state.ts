/** What PostgreSQL answers while it starts, stops, or takes a connection away, also from who is silent for too long. */
const BUSY = new Set(["25P03", "57P01", "57P02", "57P03", "ECONNRESET", "EPIPE"]);

/** What the driver itself says of a connection that ended. */
const BROKEN = /Connection terminated|timeout expired|connection error and is not queryable/;

/** Whether nothing listens at the address. */
export function isAway(error: unknown): boolean {
  return ["ENOENT", "ECONNREFUSED"].includes(codeOf(error));
}

/** Whether a server is there that starts or stops, or was there just now. */
export function isBusy(error: unknown): boolean {
  return BUSY.has(codeOf(error)) || (error instanceof Error && BROKEN.test(error.message));
}

/** The code of an error, PostgreSQL's or the system's; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
