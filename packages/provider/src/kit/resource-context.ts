import type { OpenCluster, StepContext } from "@coppice/clusters";
import type { ClassVerdict } from "@coppice/core";

/** What a handler is given beside its inputs. The same through both doors. */
export interface ResourceContext extends StepContext {
  /**
   * The URN that the resource was made under, by whatever name it goes now, behind the id of the state's home if it was made
   * with one (`urnFrom`): marks of ownership are derived from it.
   */
  readonly urn: string;
  /** The id of the state's home, where this run was told one. What exists may have been made without. */
  readonly origin?: string | undefined;
  /** Tells what a preview or a reading comes to as data, for who reads the event log. */
  judge(verdict: ClassVerdict): void;
  /** Leaves lines that stay on the screen after the run, without alarm: what a preview has to tell. */
  inform(message: string): void;
  /** Leaves a warning that stays on the screen after the run. */
  warn(message: string): void;
  /** The connection to a configured cluster, made at first use. */
  cluster(name: string): Promise<OpenCluster>;
}
