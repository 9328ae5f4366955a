import { CoppiceError, isNamed, type Kind, type KindName, poolKind } from "@coppice/core";
import { Pool, type PoolArgs } from "@coppice/provider";
import type { Resource, ResourceOptions } from "@pulumi/pulumi";
import { refuse } from "../arguments/refuse.ts";
import { components } from "./components.ts";
import { withSecrets } from "./with-secrets.ts";

/** What a document describes. */
export interface Description {
  readonly kind: KindName;
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

interface Maker {
  readonly kind: Kind;
  make(name: string, inputs: object, options: ResourceOptions): Resource;
}

const pool: Maker = {
  kind: poolKind,
  make: (name, inputs, options) => new Pool(name, inputs as PoolArgs, options), // as: the provider looks at it
};

const makers: ReadonlyMap<string, Maker> = new Map(
  [...components, pool].map((each) => [each.kind.name, each]),
);

/**
 * Makes what a document describes: the same component that a program would make. A secret that cannot be read fails the
 * program as any wrong argument does: with the mistakes of everything beside it, before anything is registered.
 *
 * @example makeDescribed({ kind: "LabClass", name: "networks-101", inputs })
 */
export function makeDescribed({ kind, name, inputs }: Description, options: ResourceOptions = {}): Made {
  const maker = makers.get(kind);
  if (maker === undefined) {
    throw new CoppiceError("document.invalid", {
      what: `Nothing was made of the ${kind} '${name}'`,
      why: "other documents refer to it, and it is nothing by itself",
      wayOut: `Describe one of ${[...makers.keys()].join(", ")}`,
    });
  }
  const { inputs: given, mistakes } = withSecrets(maker.kind.fields, isNamed(inputs) ? inputs : {});
  if (mistakes.length > 0) refuse(`${kind} '${name}'`, mistakes);
  const resource = maker.make(name, given, options);
  return { resource, outputs: outputsOf(resource, Object.keys(maker.kind.outputs)) };
}

function outputsOf(resource: Resource, names: readonly string[]): Record<string, unknown> {
  const all = names.map((name): [string, unknown] => [name, Reflect.get(resource, name)]);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}
