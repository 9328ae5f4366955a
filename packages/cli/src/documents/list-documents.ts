import { type EngineOptions, listStacks, type RecordedDocument, readStack } from "@coppice/engine";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { clusterOfStack } from "../registry/cluster-of-stack.ts";
import { openEngineOptions } from "./document-work.ts";
import { printLines } from "./print.ts";

/** A document's things, where they are. */
interface Listed extends RecordedDocument {
  readonly cluster: string;
}

/** Prints what stacks have; asks no cluster. */
export async function listDocuments({ json = false }: { readonly json?: boolean }): Promise<number> {
  const listed = await readAll(await openEngineOptions(process.env));
  if (json) {
    const documents = listed.map(({ kind, name, cluster, seats }) => {
      return { kind, name, cluster, seats: Object.keys(seats).length, unfinished: unfinished(seats) };
    });
    process.stdout.write(jsonText("list", { documents }));
  } else if (listed.length === 0)
    printLines(["Nothing has been made. `coppice up <documents>` makes what documents describe."]);
  else {
    const rows = listed.map(({ kind, name, cluster, seats }) => {
      return [name, kind, cluster, String(Object.keys(seats).length), String(unfinished(seats))];
    });
    printLines(table(["NAME", "KIND", "CLUSTER", "SEATS", "UNFINISHED"], rows));
  }
  return 0;
}

async function readAll(options: EngineOptions): Promise<Listed[]> {
  const stacks = await listStacks(options);
  const lists = stacks.map(async (stack) => {
    const cluster = clusterOfStack(stack.stack);
    return (await readStack(options, stack)).documents.map((document) => ({ ...document, cluster }));
  });
  return (await Promise.all(lists)).flat();
}

function unfinished(seats: RecordedDocument["seats"]): number {
  return Object.values(seats).filter((seat) => seat.unfinished !== undefined).length;
}
