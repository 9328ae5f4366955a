import { findMistakes, isNamed, type Named } from "@coppice/core";
import type { Surroundings } from "../document/documents.ts";
import { parseSource } from "../parse/parse-source.ts";
import type { RawDocument } from "../parse/raw-document.ts";
import { documentForms } from "./document-form.ts";
import { Proposals } from "./proposals.ts";

/** What documents may refer to. */
export interface KnownDocuments {
  /** Templates by the name of their document, and of these by their cluster. */
  readonly templates: ReadonlyMap<string, Namesakes>;
  /** Names of clusters; undefined when nobody says which there are. */
  readonly clusters: ReadonlySet<string> | undefined;
  /** Names of plans; undefined when nobody says which there are. */
  readonly plans: ReadonlySet<string> | undefined;
  /** What to do about a cluster that is not among them. */
  readonly toRegister: (cluster: string) => string;
  readonly proposals: Proposals;
}

/** Numbers of the templates that have one name, by their cluster; undefined for one with mistakes, which are said of itself. */
export type Namesakes = ReadonlyMap<string, number | undefined>;

/** Looks for what documents may refer to: each other, and where none of them is meant those beside. */
export function knownDocuments(
  raws: readonly RawDocument[],
  { clusters, plans, beside = [], toRegister = () => "describe it (kind: Cluster)" }: Surroundings,
): KnownDocuments {
  const others = beside.flatMap((source) => parseSource(source).documents);
  const described = namedOf(raws, "Cluster").map(([name]) => name);
  return {
    templates: templatesIn([...others, ...raws]),
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

function templatesIn(raws: readonly RawDocument[]): Map<string, Namesakes> {
  const templates = new Map<string, Map<string, number | undefined>>();
  for (const [name, said] of namedOf(raws, "Template")) {
    const namesakes = templates.get(name) ?? new Map<string, number | undefined>();
    templates.set(name, namesakes.set(clusterOf(said), templateNumber(said)));
  }
  return templates;
}

function templateNumber(said: Named): number | undefined {
  const form = documentForms.get("Template");
  const { vmid } = said;
  const isWrong = form === undefined || typeof vmid !== "number" || findMistakes(form.type, said).length > 0;
  return isWrong ? undefined : vmid;
}

/** The cluster that a document is on. */
export function clusterOf({ cluster }: Named): string {
  return typeof cluster === "string" ? cluster : "main";
}
