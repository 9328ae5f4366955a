import type { DiskJob } from "../disks/disk-job.ts";
import type { UpdateRequest } from "./update-request.ts";

/** What one update works on while it holds the lock. */
export interface UpdateRun {
  readonly request: UpdateRequest;
  readonly job: DiskJob;
  /** The options this request touches: only they are hot-plugged now. */
  readonly touched: Set<string>;
  readonly bootOrder: string[];
}
