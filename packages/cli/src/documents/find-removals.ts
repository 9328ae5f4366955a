import { stat } from "node:fs/promises";
import { CoppiceError } from "@coppice/core";
import {
  type EngineOptions,
  listStacks,
  type NamedStack,
  namedStack,
  type RecordedDocument,
  type Removal,
  readStack,
  stackKey,
} from "@coppice/engine";

/** What stacks have under a name. */
export interface NamedDocument extends NamedStack {
  readonly kind: string;
  readonly name: string;
}

/** Whether a word names something on this computer, and not a document in a stack. */
export async function isPath(word: string): Promise<boolean> {
  if (/[/\\.]/.test(word)) return true;
  return await stat(word).then(
    () => true,
    () => false,
  );
}

/**
 * Finds what stacks have under a name, or a kind and a name.
 *
 * @throws CoppiceError `document.missing` where there is nothing of that name, or more than one thing
 */
export async function findNamed(
  options: EngineOptions,
  word: string,
  cluster: string | undefined,
): Promise<NamedDocument> {
  const [name = "", kind] = word.split(" ").reverse();
  const all = (await listNamed(options)).filter((each) => each.name === name);
  const found = all.filter(
    (each) => (kind ?? each.kind) === each.kind && (cluster ?? each.cluster) === each.cluster,
  );
  const [first, second] = found;
  if (first !== undefined && second === undefined) {
    const { seats: _seats, parts: _parts, ...named } = first;
    return named;
  }
  throw new CoppiceError("document.missing", {
    what: `'${word}' is no file, and ${first === undefined ? "no stack has anything" : "not one thing alone"} of that name`,
    why: all.length === 0 ? "`coppice list` shows what there is" : `there is ${all.map(said).join(", ")}`,
    wayOut:
      second === undefined
        ? "Name a file, or what there is"
        : 'Say which, as "<kind> <name>", or its --cluster',
  });
}

/** Everything that stacks have, with what was recorded of it. */
export async function listNamed(options: EngineOptions): Promise<(NamedDocument & RecordedDocument)[]> {
  const stacks = await listStacks(options);
  const lists = stacks.map(async (stack) => {
    const { documents } = await readStack(options, stack);
    return documents.map((document) => ({ ...namedStack(stack), ...document }));
  });
  return (await Promise.all(lists)).flat();
}

/** Puts what is to go together by its stack; what stands in a tenant's comes after what stands in the cluster's. */
export function removalsOf(named: readonly NamedDocument[]): Removal[] {
  const groups = Map.groupBy(named, stackKey);
  return [...groups.values()]
    .flatMap((documents) => {
      const [first] = documents;
      if (first === undefined) return [];
      const { project, stack, cluster } = first;
      return [{ project, stack, cluster, documents: documents.map(({ kind, name }) => ({ kind, name })) }];
    })
    .sort((a, b) => a.project.localeCompare(b.project));
}

function said({ kind, name, cluster, tenant }: NamedDocument): string {
  return `${kind} ${name} on ${cluster}${tenant === undefined ? "" : ` of tenant ${tenant}`}`;
}
