import { findMistakes, isNamed, type Named } from "@coppice/core";
import type { Surroundings } from "../document/documents.ts";
import { parseSource } from "../parse/parse-source.ts";
import type { RawDocument } from "../parse/raw-document.ts";
import { documentForms } from "./document-form.ts";
import { Proposals } from "./proposals.ts";

/** What documents may refer to. */
export interface KnownDocuments {
  /** Templates by the name of their document; undefined for one with mistakes, which are said of itself. */
  readonly templates: ReadonlyMap<string, KnownTemplate | undefined>;
  /** Names of clusters; undefined when nobody says which there are. */
  readonly clusters: ReadonlySet<string> | undefined;
  /** Names of plans; undefined when nobody says which there are. */
  readonly plans: ReadonlySet<string> | undefined;
  /** What to do about a cluster that is not among them. */
  readonly toRegister: (cluster: string) => string;
  readonly proposals: Proposals;
}

/** A template that a document names. */
export interface KnownTemplate {
  readonly vmid: number;
  readonly cluster: string;
}

/** Looks for what documents may refer to: each other, and where none of them is meant those beside. */
export function knownDocuments(
  raws: readonly RawDocument[],
  { clusters, plans, beside = [], toRegister = () => "describe it (kind: Cluster)" }: Surroundings,
): KnownDocuments {
  const others = beside.flatMap((source) => parseSource(source).documents);
  const described = namedOf(raws, "Cluster").map(([name]) => name);
  return {
    templates: new Map(
      namedOf([...others, ...raws], "Template").map(([name, said]) => [name, knownTemplate(said)]),
    ),
    clusters: clusters === undefined ? undefined : new Set([...clusters, ...described]),
    plans:
      plans === undefined
        ? undefined
        : new Set([...plans, ...namedOf([...others, ...raws], "Plan").map(([name]) => name)]),
    toRegister,
    proposals: new Proposals(),
  };
}

function namedOf(raws: readonly RawDocument[], kind: string): [string, Named][] {
  return raws.flatMap(({ value }): [string, Named][] =>
    isNamed(value) && value["kind"] === kind && typeof value["name"] === "string"
      ? [[value["name"], value]]
      : [],
  );
}

function knownTemplate(said: Named): KnownTemplate | undefined {
  const form = documentForms.get("Template");
  const { vmid } = said;
  if (form === undefined || typeof vmid !== "number" || findMistakes(form.type, said).length > 0)
    return undefined;
  return { vmid, cluster: clusterOf(said) };
}

/** The cluster that a document is on. */
export function clusterOf({ cluster }: Named): string {
  return typeof cluster === "string" ? cluster : "main";
}
