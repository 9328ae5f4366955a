/**
 * A refusal as Proxmox words it: the text becomes the reason phrase and, with a line end, the body's `message`.
 *
 * @example throw new PveError(500, "VM is locked (clone)")
 */
export class PveError extends Error {
  readonly status: number;
  /** Parameter name to text; only verification failures carry it. */
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(status: number, message: string, errors?: Readonly<Record<string, string>>) {
    super(message);
    this.name = "PveError";
    this.status = status;
    this.errors = errors;
  }
}

/** What a Perl `die` becomes at the API: status 500 with the text as reason. */
export function die(text: string): never {
  throw new PveError(500, text);
}

/**
 * The answer to parameters that break the schema.
 *
 * @example throw badParameters({ vmid: "VM 100 already exists" })
 */
export function badParameters(errors: Readonly<Record<string, string>>): PveError {
  return new PveError(400, "Parameter verification failed.", errors);
}

/**
 * The answer to a missing privilege; alternatives are joined with `|`.
 *
 * @example throw forbidden("/vms/100", "VM.Audit")
 */
export function forbidden(path: string, privileges: string | readonly string[]): PveError {
  const list = typeof privileges === "string" ? privileges : privileges.join("|");
  return new PveError(403, `Permission check failed (${path}, ${list})`);
}
