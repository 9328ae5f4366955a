import type { Vmids } from "@coppice/core";
import { stackWords } from "../ownership/notes.ts";
import { stackOf } from "../ownership/ownership-mark.ts";
import { retiredTagsOf } from "../ownership/tags.ts";
import {
  type RecordedClass,
  type RecordedGeneration,
  type RecordedStack,
  rangesOf,
} from "./recorded-stack.ts";

/** What the states say, found by what a guest shows. */
export interface Ledger {
  readonly classes: readonly RecordedClass[];
  readonly generations: readonly RecordedGeneration[];
  readonly classOf: ReadonlyMap<string, RecordedClass>;
  readonly generationOf: ReadonlyMap<string, RecordedGeneration>;
  /** The classes by the tag of their retired generations, whose resources are in no state any more. */
  readonly classOfRetired: ReadonlyMap<string, RecordedClass>;
  readonly ranges: readonly Vmids[];
  /** As notes name them: a stack of the same name may have its state in another home. */
  readonly stacks: ReadonlySet<string>;
}

/** Puts the states of stacks in order. */
export function ledgerOf(stacks: readonly RecordedStack[]): Ledger {
  const classes = stacks.flatMap((stack) => stack.classes);
  const generations = stacks.flatMap((stack) => stack.generations);
  return {
    classes,
    generations,
    classOf: new Map(classes.map((each) => [each.mark, each])),
    generationOf: new Map(generations.map((each) => [each.mark, each])),
    classOfRetired: new Map(stacks.flatMap(retiredIn)),
    ranges: rangesOf(stacks),
    stacks: new Set(stacks.flatMap(namesOf)),
  };
}

function retiredIn({ classes, origin }: RecordedStack): (readonly [string, RecordedClass])[] {
  return classes.flatMap((each) =>
    retiredTagsOf({ urn: each.urn, origin }, each.state.class).map((tag) => [tag, each] as const),
  );
}

/** What it made without a home's id, and what it made with one. */
function namesOf({ name, origin, classes, generations }: RecordedStack): string[] {
  const recorded = [...classes, ...generations].map(({ urn }) => stackOf(urn).origin);
  const origins = new Set([undefined, origin, ...recorded]);
  return [...origins].map((each) => stackWords({ stack: name, origin: each }));
}
