import { either, type Mistake, type Named, nearestNames, valueText } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import { clusterOf, type KnownDocuments } from "./known-documents.ts";
import { meantText } from "./meant-text.ts";

/** The mistake of being on a cluster that nobody knows. */
export function unknownCluster(
  { type }: DocumentForm,
  said: Named,
  { clusters, toRegister }: KnownDocuments,
): Mistake[] {
  if (clusters === undefined || !Object.hasOwn(type.fields, "cluster")) return [];
  const { cluster = clusterOf(said) } = said;
  if (typeof cluster !== "string" || cluster === "" || clusters.has(cluster)) return [];
  const what = Object.hasOwn(said, "cluster")
    ? `is ${valueText(cluster.slice(0, 60))}, which is`
    : 'is left out, which means "main", and that is';
  const near = meantText(nearestNames(cluster, [...clusters]));
  const registered =
    clusters.size === 0 ? "none is" : `registered are ${either([...clusters].map(valueText))}`;
  const hint = near === "" ? `${registered}; ${toRegister(cluster)}` : near;
  return [{ path: ["cluster"], reason: `${what} not registered; ${hint}` }];
}
