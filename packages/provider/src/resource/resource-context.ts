import type { Clock } from "@coppice/core";
import type { ClusterConnection } from "../config/cluster-connection.ts";

/** What a handler is given beside its inputs. The same through both doors. */
export interface ResourceContext {
  /** The resource's Pulumi name; marks of ownership are derived from it. */
  readonly urn: string;
  /** Aborted by Ctrl-C or when the engine is gone: finish the step in hand and start no other. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Shows a short line of progress on the resource's row. Cheap; call it for each step. */
  report(message: string): void;
  /** Leaves lines that stay on the screen after the run, without alarm: what a preview has to tell. */
  inform(message: string): void;
  /** Leaves a warning that stays on the screen after the run. */
  warn(message: string): void;
  /** The connection to a configured cluster, made at first use. */
  cluster(name: string): Promise<ClusterConnection>;
}
