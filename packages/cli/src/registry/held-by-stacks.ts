import { listStacks, namedStack, readStack, stackKey } from "@coppice/engine";
import { readingOptions } from "../home/reading-options.ts";

/** What a stack holds on a cluster. */
export interface HeldByStack {
  /** `project/stack`. */
  readonly stack: string;
  /** The documents whose things are there, as `LabClass networks-101`. */
  readonly documents: readonly string[];
}

/** What the stacks of the home hold on a cluster, wherever their states are kept. */
export async function heldByStacks(
  cluster: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly HeldByStack[]> {
  const options = await readingOptions(environment);
  const stacks = (await listStacks(options)).filter((name) => namedStack(name).cluster === cluster);
  const held = await Promise.all(
    stacks.map(async (name) => {
      const { documents } = await readStack(options, name);
      const words = documents.map((document) => `${document.kind} ${document.name}`);
      return { stack: stackKey(name), documents: words };
    }),
  );
  return held.filter(({ documents }) => documents.length > 0);
}
