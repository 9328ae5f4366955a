import { type Description, type DocumentChange, documentChanges, documentKey } from "@coppice/engine";
import type { ClusterVersion } from "./cluster-version.ts";

/**
 * What a version changes in the documents: against the last version of the same stack that came to its end and says what it
 * declared. One that failed shows what it was to do, and so does whichever does the rest of it.
 */
export function versionChanges(
  before: readonly ClusterVersion[],
  { project, verb, documents }: ClusterVersion,
): DocumentChange[] {
  if (documents === undefined) return [];
  const own = before.filter((version) => version.project === project);
  const last = own.findLastIndex((version) => version.result !== "failed" && version.documents !== undefined);
  const former = own[last]?.documents ?? [];
  const begun = verb === "destroy" ? begunIn(own.slice(last + 1), [...former, ...documents]) : [];
  return documentChanges([...former, ...begun], documents);
}

/** What failed versions made at least a part of, else a removal would not come to it. */
function begunIn(failed: readonly ClusterVersion[], known: readonly Description[]): Description[] {
  const keys = new Set(known.map(documentKey));
  const begun = failed.flatMap(({ documents = [] }) => documents);
  const last = new Map(begun.map((document) => [documentKey(document), document]));
  return [...last].flatMap(([key, document]) => (keys.has(key) ? [] : [document]));
}

/** The same in words; of a version that failed nobody knows here how far it came. */
export function changesWords(changes: readonly DocumentChange[], { result }: ClusterVersion): string {
  const words = changes.map(changeWords).join("; ");
  return result === "failed" && words !== "" ? `tried: ${words}` : words;
}

function changeWords({ kind, name, change, fields }: DocumentChange): string {
  if (change !== "changed") return `${kind} ${name} ${change}`;
  const said = fields.map((field) => {
    const [old, now] = [field.old, field.new].map((value) =>
      value === undefined ? "-" : JSON.stringify(value),
    );
    return `${field.path.join(".")} ${old} → ${now}`;
  });
  return `${name}: ${said.join(", ")}`;
}
