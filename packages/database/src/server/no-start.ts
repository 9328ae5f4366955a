import { CoppiceError } from "@coppice/core";

/** What PostgreSQL writes before a line that says what is wrong. */
const GRAVE = /(?:ERROR|FATAL|PANIC|error|fatal):\s*(.*)/;

const OWN_SERVER = "or name a PostgreSQL of your own in DATABASE_URL";

/**
 * Why there is no server on this data, from what PostgreSQL's programs said.
 *
 * @param log where all of it can be read
 */
export function noStart(data: string, said: string, log?: string): CoppiceError {
  const what = `The PostgreSQL in ${data} does not start`;
  const why =
    said
      .split("\n")
      .flatMap((line) => GRAVE.exec(line)?.[1] ?? [])
      .at(-1) ?? said.trim();
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    const wayOut = "Make room on the disk of that folder, then run it again";
    return new CoppiceError("database.full", { what, why: "the disk is full", wayOut });
  }
  if (
    /could not (?:bind|create) .*socket|could not bind Unix|lock file "[^"]*\.lock" already exists/i.test(
      said,
    )
  ) {
    const wayOut = `End what listens there, ${OWN_SERVER}`;
    return new CoppiceError("database.address-held", { what, why, wayOut });
  }
  const wayOut = `Put right what ${log ? `${log} says` : "it says"}, ${OWN_SERVER}`;
  return new CoppiceError("database.not-started", { what, why, wayOut });
}
