import type { ErrorTable } from "./error-description.ts";

/** Values that cannot be read or reckoned with. */
export const valueErrors = {
  "arguments.wrong": {
    audience: "user",
    status: 422,
    meaning: "A component or a resource is described with names or values that it cannot have.",
    wayOut: "Correct the fields that are named; nothing has been changed",
  },
  "clock.invalid": {
    audience: "bug",
    status: 500,
    meaning: "A clock was asked to sleep or to move by a time that is none.",
    wayOut: "Report it",
  },
  "document.invalid": {
    audience: "user",
    status: 422,
    meaning: "A document has mistakes, each shown with file, line and column.",
    wayOut: "Correct them as the messages show",
  },
  "document.missing": {
    audience: "user",
    status: 404,
    meaning: "A document that an order names is not where it was.",
    wayOut: "Correct the file, or name one that there is",
  },
  "money.currency-mismatch": {
    audience: "bug",
    status: 500,
    meaning: "Amounts of two currencies were put together.",
    wayOut: "Report it",
  },
  "money.invalid": {
    audience: "user",
    status: 422,
    meaning: "An amount of money cannot be read.",
    wayOut: "Write it as the message shows",
  },
  "money.overflow": {
    audience: "user",
    status: 422,
    meaning: "An amount of money is larger than can be reckoned with.",
    wayOut: "Correct the price, or what is asked for",
  },
  "name.invalid": {
    audience: "user",
    status: 422,
    meaning: "A name has characters or a length that it must not have.",
    wayOut: "Choose a name as the message shows",
  },
  "random.invalid": {
    audience: "bug",
    status: 500,
    meaning: "A random number was asked for of a range that is none.",
    wayOut: "Report it",
  },
  "unit.invalid": {
    audience: "user",
    status: 422,
    meaning: "A size, a duration or another quantity cannot be read.",
    wayOut: "Write it with its unit, as the message shows",
  },
} as const satisfies ErrorTable;
