import { CoppiceError } from "@coppice/core";
import type { SeedPlace } from "./seed-document.ts";

/**
 * A mistake in a seed file: where it stands and what was expected there.
 *
 * @example seedError(place, "'core' is no option of a guest", "did you mean 'cores'?")
 */
export function seedError(place: SeedPlace, what: string, expected?: string): CoppiceError {
  const { file, line, column } = place;
  return new CoppiceError("emulator.seed", {
    what: `${file}:${line}:${column}: ${what}`,
    ...(expected === undefined ? {} : { why: expected }),
    details: { file, line, column },
  });
}
