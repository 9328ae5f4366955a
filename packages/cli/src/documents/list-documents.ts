import type { RecordedDocument } from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { listNamed } from "./find-removals.ts";
import { printLines } from "./print.ts";

/** Prints what stacks have; asks no cluster. */
export async function listDocuments({ json = false }: { readonly json?: boolean }): Promise<number> {
  const listed = await listNamed(await openEngineOptions(process.env));
  if (json) {
    const documents = listed.map(({ kind, name, cluster, tenant, seats }) => {
      const own = { kind, name, cluster, ...(tenant !== undefined && { tenant }) };
      return { ...own, seats: Object.keys(seats).length, unfinished: unfinished(seats) };
    });
    process.stdout.write(jsonText("list", { documents }));
  } else if (listed.length === 0)
    printLines(["Nothing has been made. `coppice up <documents>` makes what documents describe."]);
  else {
    const hasTenants = listed.some(({ tenant }) => tenant !== undefined);
    const rows = listed.map(({ kind, name, cluster, tenant = "-", seats }) => {
      const own = [name, kind, cluster, ...(hasTenants ? [tenant] : [])];
      return [...own, String(Object.keys(seats).length), String(unfinished(seats))];
    });
    const heads = ["NAME", "KIND", "CLUSTER", ...(hasTenants ? ["TENANT"] : []), "SEATS", "UNFINISHED"];
    printLines(table(heads, rows));
  }
  return 0;
}

function unfinished(seats: RecordedDocument["seats"]): number {
  return Object.values(seats).filter((seat) => seat.unfinished !== undefined).length;
}
