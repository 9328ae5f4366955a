import type { FieldPath, KindName } from "@coppice/core";

/** A text with documents in it. */
export interface Source {
  /** The file, as messages name it. Files that its documents name begin at its folder. */
  readonly file: string;
  readonly text: string;
}

/** What texts describe. */
export interface Documents {
  /** The documents without mistakes, in the order in which they stand. */
  readonly documents: readonly SpecDocument[];
  /** Everything that is wrong, in the order in which it stands. */
  readonly mistakes: readonly DocumentMistake[];
}

/** One description. Its kind and its name identify it. */
export interface SpecDocument {
  readonly kind: KindName;
  readonly name: string;
  /** The cluster that it is on; of a `Cluster`, its own name. */
  readonly cluster: string;
  /**
   * What is said, in the newest version and without the envelope: names of templates resolved to their numbers, paths
   * of files to where they lie, and secrets still references. Defaults are not filled in.
   */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly file: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** One thing that is wrong with a document. */
export interface DocumentMistake {
  readonly file: string;
  /** Counted from 1, like the column. */
  readonly line: number;
  readonly column: number;
  /** The field; empty where it is the document as a whole or its text. */
  readonly path: FieldPath;
  /** What is wrong and the way out, as a sentence. */
  readonly message: string;
}

/** What is known beside the documents. */
export interface Surroundings {
  /** Clusters that are registered elsewhere. Without it, no name of a cluster is doubted. */
  readonly clusters?: readonly string[];
  /** Plans that are described elsewhere. Without it, no name of a plan is doubted. */
  readonly plans?: readonly string[];
  /** Texts that documents may refer to. Nothing else is asked of them, and no mistake in them is told. */
  readonly beside?: readonly Source[];
  /** What to do about a cluster that is not among them, to be read after a semicolon. */
  readonly toRegister?: (cluster: string) => string;
  /** How a file is named in a sentence about another one, as whoever gave it calls it. */
  readonly shown?: (file: string) => string;
}
