import type { Vmids } from "@coppice/core";
import { retiredTag } from "../ownership/tags.ts";
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
    classOfRetired: new Map(classes.map((each) => [retiredTag(each.urn, each.state.class), each])),
    ranges: rangesOf(stacks),
    stacks: new Set(stacks.map(({ name }) => name)),
  };
}
