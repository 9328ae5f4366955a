/** Who can do something about an error: the person who asked, who runs the installation, or we. */
export type ErrorAudience = "user" | "operator" | "bug";

/**
 * Every error code with its audience. A code is `domain.reason` and never changes once released:
 * callers compare it, documents link to it. Sorted by name; add a line here to add a code.
 */
const audienceByCode = {
  "clock.invalid": "bug",
  "money.currency-mismatch": "bug",
  "money.invalid": "user",
  "money.overflow": "bug",
  "name.invalid": "user",
  "random.invalid": "bug",
  "unit.invalid": "user",
  "vmid.invalid": "user",
} as const satisfies Readonly<Record<string, ErrorAudience>>;

/** The union of all error codes, for example `"unit.invalid"`. */
export type ErrorCode = keyof typeof audienceByCode;

/** Whom an error with this code is for. */
export function audienceOf(code: ErrorCode): ErrorAudience {
  return audienceByCode[code];
}
