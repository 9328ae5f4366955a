import type { DocumentsOrder, JudgedOperation } from "@coppice/engine";
import { type DocumentMistake, documentMistakesText, type Source } from "@coppice/spec";
import { type DocumentWork, withDocumentWork } from "./document-work.ts";
import { readGiven } from "./read-given.ts";

/** What a preview came to, and what to go on with. */
export interface GivenPreview extends JudgedOperation {
  readonly order: DocumentsOrder;
  readonly at: DocumentWork;
}

/** What is done with documents that have no mistakes, and with mistakes. */
export interface GivenWork {
  /** What the history says of it. */
  readonly message: string;
  /** Whether what is there is read anew first. */
  readonly refresh: boolean;
  /** Whether they are only looked at, and not applied afterwards. */
  readonly isTrial?: boolean;
  /** Whether a folder was given: then it is also said what tenants have of which nothing is given. */
  readonly isWhole?: boolean;
  mistaken(mistakes: readonly DocumentMistake[]): number;
  previewed(preview: GivenPreview): Promise<number>;
}

/** Reads documents and previews them. With a mistake in any of them nothing is started. */
export async function previewGiven(
  sources: readonly Source[],
  { message, refresh, isTrial = false, isWhole = false, mistaken, previewed }: GivenWork,
): Promise<number> {
  const { documents, mistakes, clusters } = await readGiven(sources, process.env);
  if (mistakes.length > 0) return mistaken(mistakes);
  return await withDocumentWork(clusters, async (at) => {
    const { previewOperation, tenantsBeside } = await import("@coppice/engine");
    const { environment, who } = at;
    if (!isTrial && documents.some(({ inputs }) => "tenant" in inputs)) at.warmLedger();
    const order = { documents, clusters, environment, message, who, refresh };
    const { stacks, verdicts } = await previewOperation(at.parts, { order }, at.talk);
    const beside = isWhole ? await tenantsBeside(at.parts, documents, stacks) : [];
    return await previewed({ stacks: [...stacks, ...beside], verdicts, order, at });
  });
}

/** Mistakes for people, a line each, and how many. */
export function mistakesLines(mistakes: readonly DocumentMistake[]): string[] {
  const count = mistakes.length === 1 ? "1 mistake" : `${mistakes.length} mistakes`;
  return [documentMistakesText(mistakes), `${count}; nothing was done. [document.invalid]`];
}
