import type { ParamTable } from "../schema/param-table.ts";
import type { Call, Method } from "./call.ts";
import type { Permission } from "./permission.ts";

/** One method on one path. */
export interface Route {
  readonly method: Method;
  /** `/nodes/{node}/qemu/{vmid}/config`; a last part `{name*}` takes the rest of the path with its slashes. */
  readonly path: string;
  /** Parameters besides those of the path; a path part that is named here too is verified by this entry. */
  readonly params: ParamTable;
  readonly permission: Permission;
  /** Executed on `{node}`, forwarded there when another node is asked. */
  readonly onNode?: true;
  /** Occupies one of the node's three pvedaemon workers while its synchronous part runs ("protected" in Proxmox). */
  readonly worker?: true;
  /** Only in these versions; all when missing. */
  readonly versions?: readonly string[];
  /** Takes a multipart body (upload); exempt from the CSRF check. */
  readonly multipart?: true;
  /** Not for API tokens. */
  readonly ticketOnly?: true;
  /** Takes parameters that the table does not name. */
  readonly additional?: true;
  handle(call: Call): unknown;
}

/** Data with `total` beside it: a list, but for one line of 8.4 (recordings, multinode 8.4 n 100). */
export class WithTotal {
  readonly data: unknown;
  readonly total: number;

  constructor(data: unknown, total: number) {
    this.data = data;
    this.total = total;
  }
}

/** Answers a list with `total` beside it, as task lists and logs do. */
export function withTotal(data: unknown, total: number): WithTotal {
  return new WithTotal(data, total);
}

/** `data` with `changes` beside it, as the network list has them. */
export class WithChanges {
  readonly data: unknown;
  readonly changes: string;

  constructor(data: unknown, changes: string) {
    this.data = data;
    this.changes = changes;
  }
}
