import { CoppiceError, type Properties } from "@coppice/core";
import { assertUnmoved, documentStack, type EngineOptions } from "@coppice/engine";
import { documentMistakesText } from "@coppice/spec";
import { findDocumentFiles } from "./find-document-files.ts";
import { findNamed, isPath, type NamedDocument } from "./find-removals.ts";
import { readGiven, readSources } from "./read-given.ts";
import { clustersOfStacks } from "./stack-clusters.ts";

/** What a person named: by files of documents, or by what stacks have. */
export interface ChosenDocuments {
  readonly named: readonly NamedDocument[];
  readonly clusters: Properties;
}

/**
 * Finds what words mean: a file or folder of documents, else the name of something that a stack has, whose file may be gone.
 *
 * @throws CoppiceError `document.missing`, `document.invalid`
 */
export async function chosenDocuments(
  options: EngineOptions,
  words: readonly string[],
  cluster: string | undefined,
): Promise<ChosenDocuments> {
  const environment = process.env;
  const arePaths = await Promise.all(words.map(isPath));
  const files = await findDocumentFiles(words.filter((_, index) => arePaths[index]));
  const { documents, mistakes, clusters } = await readGiven(await readSources(files), environment);
  if (mistakes.length > 0) throw invalid(documentMistakesText(mistakes));
  await assertUnmoved(options, documents);
  const names = words.filter((_, index) => !arePaths[index]);
  const found = await Promise.all(names.map((word) => findNamed(options, word, cluster)));
  const given = documents.flatMap((document) => {
    const stack = documentStack(document);
    return stack === undefined ? [] : [{ ...stack, kind: document.kind, name: document.name }];
  });
  // A description's own cluster counts for its stack; of a stack that is named, the registry's.
  return {
    named: [...given, ...found],
    clusters: { ...(await clustersOfStacks(options, found)), ...clusters },
  };
}

function invalid(text: string): CoppiceError {
  return new CoppiceError("document.invalid", { what: `The documents have mistakes:\n${text}\n` });
}
