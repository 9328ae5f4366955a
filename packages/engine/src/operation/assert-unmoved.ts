import type { SpecDocument } from "@coppice/spec";
import { documentKey } from "../documents/description.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { readBeside } from "../stack/read-beside.ts";
import { readStack } from "../stack/read-stack.ts";
import { refuseMoved } from "./refuse-moved.ts";
import { stackShares } from "./stack-plan.ts";

/**
 * Refuses documents whose things another tenant's stack has: who asks for them by their file would find nothing, or what is
 * somebody else's.
 *
 * @throws CoppiceError `document.invalid`
 */
export async function assertUnmoved(
  options: EngineOptions,
  documents: readonly SpecDocument[],
): Promise<void> {
  for (const share of stackShares(documents)) {
    const own = new Set((await readStack(options, share)).documents.map(documentKey));
    const absent = share.documents.filter((each) => !own.has(documentKey(each)));
    if (absent.length > 0) refuseMoved(share, absent, await readBeside(options, share));
  }
}
