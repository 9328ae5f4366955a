import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { table } from "../output/table.ts";
import { listNamed } from "./find-removals.ts";
import { printLines } from "./print.ts";
import { unfinishedSeats } from "./unfinished-seats.ts";

/** Prints what stacks have; asks no cluster. */
export async function listDocuments({ json = false }: { readonly json?: boolean }): Promise<number> {
  const listed = await listNamed(await openEngineOptions(process.env));
  if (json) {
    const documents = listed.map((document) => {
      const { kind, name, cluster, tenant, seats } = document;
      const own = { kind, name, cluster, ...(tenant !== undefined && { tenant }) };
      return { ...own, seats: Object.keys(seats).length, unfinished: unfinishedSeats(document) };
    });
    process.stdout.write(jsonText("list", { documents }));
  } else if (listed.length === 0)
    printLines(["Nothing has been made. `coppice up <documents>` makes what documents describe."]);
  else {
    const hasTenants = listed.some(({ tenant }) => tenant !== undefined);
    const rows = listed.map((document) => {
      const { kind, name, cluster, tenant = "-", seats } = document;
      const own = [name, kind, cluster, ...(hasTenants ? [tenant] : [])];
      return [...own, String(Object.keys(seats).length), String(unfinishedSeats(document))];
    });
    const heads = ["NAME", "KIND", "CLUSTER", ...(hasTenants ? ["TENANT"] : []), "SEATS", "UNFINISHED"];
    printLines(table(heads, rows));
  }
  return 0;
}
