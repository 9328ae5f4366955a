import { documentKey } from "../../documents/description.ts";
import type { DocumentsOrder } from "../../operation/operation-parts.ts";
import { sortedBy } from "./sorted-by.ts";

/** What was described, wherever it stands in which files; plans count as prices. */
export function descriptionPart({ documents, clusters, refresh = false }: DocumentsOrder): object {
  const own = documents.filter(({ kind }) => kind !== "Plan");
  const said = own.map(({ kind, name, cluster, inputs }) => ({ kind, name, cluster, inputs }));
  const used = new Set(own.map(({ cluster }) => cluster));
  return {
    documents: sortedBy(said, (each) => [each.cluster, documentKey(each)]),
    clusters: Object.fromEntries(Object.entries(clusters).filter(([name]) => used.has(name))),
    refresh,
  };
}
