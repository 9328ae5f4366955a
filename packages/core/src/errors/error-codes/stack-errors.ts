import type { ErrorTable } from "./error-description.ts";

/** What can go wrong with a stack that several people and computers use. */
export const stackErrors = {
  "stack.changed": {
    audience: "user",
    status: 409,
    meaning:
      "Somebody else changed what is to be changed after it was previewed: more would be lost than was shown.",
    wayOut: "Give the command again and look at its preview",
  },
  "stack.lease": {
    audience: "operator",
    status: 503,
    meaning: "The right to change a stack could not be taken, or was lost in the midst of a run.",
    wayOut: "See to the folder that is named, then run it again: it goes on where it was stopped",
  },
  "stack.locked": {
    audience: "operator",
    status: 409,
    meaning: "Another engine has locked the stack, and nothing says that it is dead.",
    wayOut: "Wait until it is done, or remove the lock when you know that it no longer runs",
  },
  "stack.no-version": {
    audience: "user",
    status: 404,
    meaning: "The history of a stack has no such version, or one that does not say what was declared.",
    wayOut: "Choose one of the versions that the history shows with documents",
  },
  "stack.unreadable": {
    audience: "user",
    status: 409,
    meaning: "A stack's state, with which a cluster is to be compared, cannot be read.",
    wayOut: "Go into the project's folder and name the stack as `coppice pulumi stack ls` shows it",
  },
} as const satisfies ErrorTable;
