import type { Properties } from "@coppice/core";

/** A cluster of the registry: one document of kind `Cluster`. */
export interface RegisteredCluster {
  readonly name: string;
  /** Where the document lies. */
  readonly file: string;
  /** An entry of `coppice:clusters`; the paths in it are absolute, and secrets are references. */
  readonly inputs: Properties;
}
