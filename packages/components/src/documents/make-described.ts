import { CoppiceError, type Kind, mistakesText, poolKind } from "@coppice/core";
import { Pool, type PoolArgs } from "@coppice/provider";
import type { Resource } from "@pulumi/pulumi";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { components } from "../construct.ts";
import { type ReferencePlaces, resolveReferences } from "./resolve-references.ts";

export type { ReferencePlaces } from "./resolve-references.ts";

/** What a document can describe: every component, and the resources that need none around them. */
interface DescribedThing {
  readonly kind: Kind;
  make(name: string, inputs: object, options: object): Resource;
}

const pool: DescribedThing = {
  kind: poolKind,
  make: (name, inputs) => new Pool(name, inputs as PoolArgs), // as: what is given has been looked at
};

const things: readonly DescribedThing[] = [...components, pool];

/** What a document says of one thing. */
export interface DescribedDocument {
  readonly kind: string;
  readonly name: string;
  /** Its fields, with references where TypeScript has secrets. */
  readonly inputs: object;
}

/**
 * Answers what makes the thing that a document describes, in a program that runs. All that can be wrong is refused before
 * that, so that a program with several documents can refuse them all before it registers one.
 *
 * @throws CoppiceError `engine.description` with everything that is wrong, `secret.unavailable`
 */
export function makeDescribed(document: DescribedDocument, places: ReferencePlaces): () => Resource {
  const { kind, name } = document;
  const thing = thingOf(kind);
  const inputs = resolveReferences(thing.kind.fields, document.inputs, places);
  const mistakes = findComponentMistakes(thing.kind, { name, inputs });
  if (mistakes.length === 0) return () => thing.make(name, inputs, {});
  throw new CoppiceError("engine.description", { what: mistakesText(`${kind} '${name}'`, mistakes) });
}

function thingOf(kind: string): DescribedThing {
  const found = things.find((each) => each.kind.name === kind);
  if (found !== undefined) return found;
  throw new CoppiceError("engine.description", {
    what: `The kind ${JSON.stringify(kind)} is not known`,
    why: `there are ${things.map((each) => each.kind.name).join(", ")}`,
  });
}
