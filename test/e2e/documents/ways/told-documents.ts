/** What `--json` tells of a document in a preview, as far as the tests read it. */
interface ToldDocument {
  readonly change: string;
  readonly words: readonly string[];
  readonly warnings: readonly string[];
  readonly refusals: readonly { readonly message: string }[];
}

/** The documents of a preview that was printed as JSON, before what went to the error stream. */
export function toldDocuments(said: string): readonly ToldDocument[] {
  // as: the guide's "For programs".
  const { stacks } = JSON.parse(said.slice(0, said.lastIndexOf("}") + 1)) as {
    stacks: readonly { readonly documents: readonly ToldDocument[] }[];
  };
  return stacks.flatMap(({ documents }) => documents);
}
