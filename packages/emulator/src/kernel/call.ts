import type { Cluster } from "./cluster.ts";
import type { Identity } from "./identity.ts";
import type { Node } from "./node.ts";
import type { Params } from "./params.ts";
import type { Upload } from "./upload.ts";

/** The verbs Proxmox knows. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

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
