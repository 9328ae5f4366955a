import { either, type Mistake, type Named, valueText } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import { clusterOf, type KnownDocuments } from "./known-documents.ts";
import { meantText } from "./meant-text.ts";

/** The mistake of being on a cluster that nobody knows. */
export function unknownCluster(
  { type }: DocumentForm,
  said: Named,
  { clusters, toRegister, proposals }: KnownDocuments,
): Mistake[] {
  if (clusters === undefined || !Object.hasOwn(type.fields, "cluster")) return [];
  const { cluster = clusterOf(said) } = said;
  if (typeof cluster !== "string" || cluster === "" || clusters.has(cluster)) return [];
  const what = Object.hasOwn(said, "cluster")
    ? `is ${valueText(cluster.slice(0, 60))}, which is`
    : 'is left out, which means "main", and that is';
  const near = meantText(proposals.near(cluster, [...clusters]));
  const hint = near === "" ? `${registeredText(clusters)}; ${toRegister(cluster)}` : near;
  return [{ path: ["cluster"], reason: `${what} not registered; ${hint}` }];
}

/** More names help nobody. */
const MOST = 10;

function registeredText(clusters: ReadonlySet<string>): string {
  if (clusters.size === 0) return "none is";
  const names = [...clusters].slice(0, MOST).map(valueText);
  if (clusters.size <= MOST) return `registered are ${either(names)}`;
  return `registered are ${names.join(", ")} and ${clusters.size - MOST} more`;
}
