import type { Field, RecordType } from "../description/field.ts";
import type { Rule } from "../description/mistake.ts";
import { instantPattern, parseInstant } from "../values/instant.ts";
import type { Plan } from "./generated/inputs.ts";

/** A price is far below the smallest coin: a GiB of storage costs some hundred-thousandths an hour. */
const price = {
  kind: "text",
  pattern: {
    form: /^\d{1,6}(?:\.\d{1,12})?$/,
    outside: "not a price",
    wayOut: 'write up to six digits with at most twelve decimals, like "0.0045"',
  },
} as const satisfies Partial<Field>;

const prices: RecordType = {
  name: "Prices",
  sentence: "What is charged for; what has no price costs nothing.",
  fields: {
    coreHour: { ...price, sentence: "A processor core for an hour.", example: "0.0045" },
    memoryGiBHour: { ...price, sentence: "A GiB of memory for an hour.", example: "0.0012" },
    storageGiBHour: { ...price, sentence: "A GiB that a disk may grow to, for an hour.", example: "0.00005" },
    trafficGiB: { ...price, sentence: "A GiB that a machine sends.", example: "0.01" },
  },
};

const planVersion: RecordType = {
  name: "PlanVersion",
  sentence: "Prices from a day on, until those of the next version.",
  fields: {
    from: {
      kind: "text",
      pattern: instantPattern,
      sentence: "The day that they begin with in UTC, or a time.",
      required: true,
      example: "2026-09-01",
    },
    prices: {
      kind: "record",
      type: prices,
      sentence: "The prices.",
      required: true,
      example: { coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005" },
    },
  },
};

const inOrder: Rule<Pick<Plan, "versions">> = {
  needs: ["versions"],
  find: ({ versions }) => {
    if (versions.length === 0)
      return [{ path: ["versions"], reason: "is an empty list; give the prices of one version at least" }];
    return versions.flatMap(({ from }, index) => {
      const before = versions[index - 1]?.from;
      const isLater = before === undefined || begins(from) > begins(before);
      if (isLater) return [];
      const reason = `is "${from}", not later than that of the version before, "${before}"; put them in order`;
      return [{ path: ["versions", index, "from"], reason }];
    });
  },
};

function begins(from: string): number {
  return parseInstant(from, "beginning");
}

/** What tenants pay. */
export const planType: RecordType<Plan> = {
  name: "Plan",
  sentence:
    "What tenants pay for what their machines take. A version that has begun is never changed: add another.",
  fields: {
    currency: {
      kind: "text",
      pattern: {
        form: /^[A-Z]{3}$/,
        outside: "not a currency",
        wayOut: 'write its code of three capital letters, like "EUR"',
      },
      sentence: "The currency of all prices.",
      required: true,
      example: "EUR",
    },
    stopped: {
      kind: "choice",
      name: "StoppedRule",
      choices: {
        storage: "charges its storage alone",
        all: "charges it like one that runs",
        nothing: "charges nothing",
      },
      sentence: "What a machine that is stopped costs.",
      default: "storage",
    },
    versions: {
      kind: "list",
      items: { kind: "record", type: planVersion },
      sentence: "The prices by the time that they count from, in order.",
      required: true,
      example: [{ from: "2026-09-01", prices: { coreHour: "0.0045", memoryGiBHour: "0.0012" } }],
    },
  },
  rules: [inOrder],
};
