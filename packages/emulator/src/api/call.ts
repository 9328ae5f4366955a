import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Identity } from "../kernel/identity.ts";
import type { Params } from "../schema/params.ts";

/** The verbs Proxmox knows. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A file that came with a multipart request, already on this machine's disk. */
export interface Upload {
  /** Where it lies for now; the handler moves it away, the wire removes what is left. */
  readonly path: string;
  /** The file name the client gave. */
  readonly filename: string;
  readonly size: number;
}

/** One call as its handler sees it: parameters verified, permission granted. */
export interface Call {
  readonly cluster: Cluster;
  /** The node it is executed on. */
  readonly node: Node;
  /** The node that was asked. */
  readonly entry: Node;
  readonly params: Params;
  readonly identity: Identity;
  /** Aborted when the client went away or the emulator stops. */
  readonly signal: AbortSignal;
  readonly requestId: number;
  readonly method: Method;
  /** The path below `/api2/<format>`, decoded. */
  readonly path: string;
  /** The file of a multipart request. */
  readonly upload?: Upload;
}
