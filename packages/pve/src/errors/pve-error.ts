import { CoppiceError, type ErrorCode } from "@coppice/core";

/** The error codes of this package's REST half. */
export type PveErrorCode = Extract<ErrorCode, `pve.${string}`>;

/** Which call an error belongs to. Carries no parameters: they may hold secrets. */
export interface PveRequestName {
  readonly method: string;
  /** Path below `/api2/json`, values filled in, without a query. */
  readonly path: string;
}

/** What a {@link PveError} is made of. */
export interface PveErrorParts {
  readonly request?: PveRequestName;
  readonly what?: string;
  readonly why?: string | undefined;
  readonly wayOut?: string | undefined;
  readonly status?: number;
  readonly node?: string | undefined;
  readonly upid?: string;
  readonly exitStatus?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly logTail?: readonly string[];
  readonly cause?: unknown;
}

const marker = Symbol.for("@coppice/pve.PveError");

/**
 * Anything that went wrong between us and Proxmox VE, told by its `code`. `details` holds `method`,
 * `path`, `status`, `node`, `upid` and `exitStatus` as far as known.
 */
export class PveError extends CoppiceError {
  declare readonly code: PveErrorCode;
  /** What Proxmox says of each parameter (status 400), by parameter name. */
  readonly errors: Readonly<Record<string, string>>;
  /** The last lines of a failed task's log. */
  readonly logTail: readonly string[];
  /** @internal */
  readonly [marker] = true;

  constructor(code: PveErrorCode, parts: PveErrorParts) {
    super(code, {
      what: parts.what ?? defaultWhat(parts),
      ...(parts.why ? { why: parts.why } : {}),
      ...(parts.wayOut ? { wayOut: parts.wayOut } : {}),
      ...("cause" in parts ? { cause: parts.cause } : {}),
      details: detailsOf(parts),
    });
    this.name = "PveError";
    this.errors = parts.errors ?? {};
    this.logTail = parts.logTail ?? [];
  }

  /** Whether a caught value is a PveError, also one of another copy of this package, optionally of one of these codes. */
  static override is(value: unknown, ...codes: readonly PveErrorCode[]): value is PveError {
    if (!CoppiceError.is(value) || !(marker in value)) return false;
    return codes.length === 0 || codes.some((code) => code === value.code);
  }
}

function defaultWhat({ request }: PveErrorParts): string {
  return request ? `${request.method} ${request.path} failed` : "A call to Proxmox VE failed";
}

function detailsOf(parts: PveErrorParts): Record<string, string | number> {
  const known = {
    method: parts.request?.method,
    path: parts.request?.path,
    status: parts.status,
    node: parts.node,
    upid: parts.upid,
    exitStatus: parts.exitStatus,
  };
  const details: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(known)) if (value !== undefined) details[name] = value;
  return details;
}
