import { parseInstant } from "@coppice/core";
import type { Circumstances, Described, Rule } from "./rule.ts";

interface ExpirySettings {
  readonly within?: number;
  readonly default?: string;
}

const YEAR = 366;
const DAY_MS = 86_400_000;

/** What nobody needs any more is known by its date. */
export const expiresRule: Rule<ExpirySettings> = {
  name: "expires",
  description: "Every class says until when it is needed.",
  settings: {
    within: {
      type: "integer",
      minimum: 1,
      default: YEAR,
      description: "How many days ahead it may be at most.",
    },
    default: {
      type: "string",
      description: "The day or time that is set where none is said, at the level `remediate`.",
    },
  },
  find: { OverlayPool: findExpiry },
  // A day that is said, never one counted from today: that one would move with every run.
  mend: ({ expires }, { settings }) =>
    expires === undefined && settings.default !== undefined ? { expires: settings.default } : undefined,
};

function findExpiry(
  { class: of, expires = "" }: Described["OverlayPool"],
  { settings: { within = YEAR, ...settings }, now }: Circumstances<ExpirySettings>,
): string[] {
  // Read to be refused where it is no day, also of classes that do not need it.
  if (settings.default !== undefined) parseInstant(settings.default, "end");
  if (expires === "") {
    return [`Class "${of}" does not say until when it is needed. Set 'expires', like "2027-02-28"`];
  }
  const left = parseInstant(expires, "end") - now;
  if (left <= 0) {
    const past = `Class "${of}" was needed until ${expires}, which has passed`;
    return [`${past}. Remove it, or set 'expires' to a later day`];
  }
  // A bare day counts to its end, so that the last of the days ahead ends more than their number from now.
  if (left <= (within + 1) * DAY_MS) return [];
  const far = `Class "${of}" says that it is needed until ${expires}, more than ${within} days ahead`;
  return [`${far}. Set 'expires' to an earlier day`];
}
