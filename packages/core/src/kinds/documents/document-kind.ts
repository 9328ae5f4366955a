import type { Fields, RecordType } from "../../description/field.ts";
import type { NameKind } from "../../values/name.ts";

/** The kinds of documents. */
export type KindName =
  | "LabClass"
  | "OverlayVmPool"
  | "Pool"
  | "TenantQuota"
  | "Plan"
  | "Cluster"
  | "Template";

/** Takes what a document says, without its envelope, from one version to the next. */
export type Migration = (said: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** A kind of thing as a document describes it. */
export interface DocumentKind {
  readonly name: KindName;
  /** What it is, in one sentence for people. */
  readonly sentence: string;
  /** What a document of this kind is, as the predicate of a sentence. */
  readonly meaning: string;
  /** Whose stack makes it: a tenant's or the cluster's. `none` for what other documents merely refer to. */
  readonly scope: "tenant" | "cluster" | "none";
  /** What its name becomes the name of, where that asks for more than a text. */
  readonly named?: NameKind;
  /** What can be said of it beside the envelope, in the form that a document has it in. */
  readonly type: RecordType;
  /** A document. */
  readonly example: string;
  /** The first takes a document of version 1 to version 2, and so on: the newest version is one more than there are. */
  readonly migrations: readonly Migration[];
}

/** The newest version of a kind. */
export function newestVersion({ migrations }: Pick<DocumentKind, "migrations">): number {
  return migrations.length + 1;
}

/** What every document begins with; that of a kind has names of the kind's own. */
export function envelopeOf(kinds: readonly DocumentKind[], named?: NameKind): Fields {
  const choices = Object.fromEntries(kinds.map(({ name, meaning }) => [name, meaning]));
  return {
    kind: { kind: "choice", choices, sentence: "What it describes.", required: true, example: "LabClass" },
    version: {
      kind: "whole",
      from: 1,
      sentence: "Version of its form; what an older one says is read for ever.",
      required: true,
      example: 1,
    },
    name: {
      kind: "text",
      ...(named !== undefined && { name: named }),
      sentence: "Its name, by which commands and other documents know it.",
      required: true,
      example: "networks-101",
    },
  };
}
