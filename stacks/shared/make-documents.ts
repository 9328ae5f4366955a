import { allOrRefused, type Made, makeDescribed } from "@coppice/components";
import { documentScope, readDocuments, type Source } from "@coppice/spec";
import { Config, RunError } from "@pulumi/pulumi";

/** What a document makes known. */
type Outputs = Made["outputs"];

/**
 * Makes what the documents in the stack's configuration describe, each under its name. With a mistake in any of them
 * nothing is made.
 */
export function makeDocuments(scope: "tenant" | "cluster"): Record<string, Outputs> {
  const { documents, mistakes } = readDocuments(sources(), registered());
  const strange = documents.filter(({ kind }) => ![scope, "none"].includes(documentScope(kind)));
  const problems = [
    ...mistakes.map(({ file, message }) => `${file}: ${message}`),
    ...strange.map(({ file, kind }) => `${file}: a ${kind} belongs into the stack ${documentScope(kind)}`),
  ];
  if (problems.length > 0) throw new RunError(`${problems.join("\n")} [document.invalid]`);
  const own = documents.filter(({ kind }) => documentScope(kind) === scope);
  const places = { environment: process.env, folder: process.cwd() };
  const makers = allOrRefused(own, (document) => [document.name, makeDescribed(document, places)] as const);
  return Object.fromEntries(makers.map(([name, make]) => [name, make().outputs]));
}

/** The documents as they are configured: an object by name, of which each says all but its name. */
function sources(): Source[] {
  const described = new Config().getObject<Record<string, object>>("documents") ?? {};
  return Object.entries(described).map(([name, said]) => ({
    file: name,
    text: JSON.stringify({ ...said, name }),
  }));
}

/** The clusters that are configured; without any, the provider takes one from its environment. */
function registered(): { readonly clusters?: readonly string[] } {
  const clusters = new Config("coppice").getObject<object>("clusters");
  return clusters === undefined ? {} : { clusters: Object.keys(clusters) };
}
