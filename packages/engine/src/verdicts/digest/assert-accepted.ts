import { CoppiceError } from "@coppice/core";
import { type Digest, digestPartNames, digestParts } from "./digest.ts";

/**
 * Refuses what is not just what was accepted, and says in what it differs.
 *
 * @param accepted the text of the digest that was looked at
 * @throws CoppiceError `digest.changed`
 */
export function assertAccepted(accepted: string, { text }: Digest): void {
  const [before, now] = [accepted.split("-"), text.split("-")];
  const differs = digestPartNames.filter((_, index) => before[index] !== now[index]);
  if (differs.length === 0) return;
  // What becomes of another document is another thing, whether there is another world or not.
  const changed = differs.filter((name) => name !== "world" || !differs.includes("description"));
  throw new CoppiceError("digest.changed", {
    what: "Nothing was changed: this is not what was accepted",
    why: `since then there is a difference in ${changed.map((name) => digestParts[name]).join(", and in ")}`,
    wayOut: "Look at the preview again and accept its digest",
    details: { accepted, digest: text },
  });
}
