import { volumes } from "../../storage/volumes/volumes.ts";
import type { DiskJob } from "./disk-job.ts";

/** Frees volumes after a failure; what cannot be freed is said in the log and the rest goes on. */
export async function freeQuietly(
  job: Pick<DiskJob, "cluster" | "node" | "log">,
  volids: readonly string[],
): Promise<void> {
  for (const volid of volids) {
    try {
      await volumes(job.cluster).free(job.node, volid);
    } catch (error) {
      job.log(error instanceof Error ? error.message : String(error));
    }
  }
}
