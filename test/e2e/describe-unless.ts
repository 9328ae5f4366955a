import { describe, test } from "vitest";

/** A suite; where what it needs is missing, one test that is skipped and says why, also at the end of `npm test`. */
export function describeUnless(
  missing: string | undefined,
  name: string,
  options: { readonly timeout: number },
  suite: () => void,
): void {
  if (missing === undefined) describe(name, options, suite);
  else test(name, ({ skip }) => skip(missing));
}
