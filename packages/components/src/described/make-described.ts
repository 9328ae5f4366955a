import { CoppiceError, isNamed, type Kind, type Mistake, mistakesText, poolKind } from "@coppice/core";
import { Pool, type PoolArgs } from "@coppice/provider";
import type { Resource } from "@pulumi/pulumi";
import { findComponentMistakes } from "../arguments/find-component-mistakes.ts";
import { components } from "./components.ts";
import type { ReferencePlaces } from "./read-reference.ts";
import { withSecrets } from "./with-secrets.ts";

/** What a document describes. */
export interface Description {
  readonly kind: string;
  readonly name: string;
  /** What it says without its envelope; what is secret is a reference, which is read here. */
  readonly inputs: object;
}

/** What was made of a description. */
export interface Made {
  readonly resource: Resource;
  /** What a run makes known of it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a document can describe: every component, and the resources that need none around them. */
interface Maker {
  readonly kind: Kind;
  make(name: string, inputs: object, options: object): Resource;
}

const pool: Maker = {
  kind: poolKind,
  make: (name, inputs) => new Pool(name, inputs as PoolArgs), // as: what is given has been looked at
};

const makers: readonly Maker[] = [...components, pool];

/**
 * Answers what makes the thing that a document describes, in a program that runs: the same component that the program would
 * make. All that can be wrong is refused before that, so that a program with several documents can refuse them all before it
 * registers one.
 *
 * @example const { outputs } = makeDescribed({ kind: "LabClass", name: "networks-101", inputs }, places)();
 * @throws CoppiceError `engine.description` with everything that is wrong, `secret.unavailable`
 */
export function makeDescribed({ kind, name, inputs }: Description, places: ReferencePlaces): () => Made {
  const maker = makerOf(kind, name);
  const subject = `${kind} '${name}'`;
  const given = withSecrets(maker.kind.fields, isNamed(inputs) ? inputs : {}, places);
  refuse("secret.unavailable", subject, given.mistakes);
  refuse("engine.description", subject, findComponentMistakes(maker.kind, { name, inputs: given.inputs }));
  return () => {
    const resource = maker.make(name, given.inputs, {});
    return { resource, outputs: outputsOf(resource, Object.keys(maker.kind.outputs)) };
  };
}

function makerOf(kind: string, name: string): Maker {
  const maker = makers.find((each) => each.kind.name === kind);
  if (maker !== undefined) return maker;
  throw new CoppiceError("engine.description", {
    what: `Nothing can be made of the ${kind} '${name}'`,
    why: "a kind of that name is made into nothing by itself",
    wayOut: `Describe one of ${makers.map((each) => each.kind.name).join(", ")}`,
  });
}

function refuse(
  code: "secret.unavailable" | "engine.description",
  subject: string,
  mistakes: readonly Mistake[],
): void {
  if (mistakes.length > 0) throw new CoppiceError(code, { what: mistakesText(subject, mistakes) });
}

function outputsOf(resource: Resource, names: readonly string[]): Record<string, unknown> {
  const all = names.map((name): [string, unknown] => [name, Reflect.get(resource, name)]);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
