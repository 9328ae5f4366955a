import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";

/**
 * Refuses data that another major version of PostgreSQL wrote, which this one cannot read.
 *
 * @param version of PostgreSQL's package
 * @throws CoppiceError `database.other-version`
 */
export async function refuseOtherVersion(data: string, version: string): Promise<void> {
  const ours = version.split(".")[0] ?? "";
  const theirs = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  if (theirs === ours) return;
  throw new CoppiceError("database.other-version", {
    what: `The database in ${data} cannot be opened`,
    why: `PostgreSQL ${theirs} wrote it, and this is PostgreSQL ${ours}`,
    wayOut:
      "Use the version of Coppice that wrote it, or move that folder away: a new one is made, and its ledger begins empty",
  });
}
