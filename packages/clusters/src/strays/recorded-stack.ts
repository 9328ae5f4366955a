import type { BaseGenerationState, OverlayPoolState, Vmids } from "@coppice/core";

/** What a stack's state says of what it has on one cluster. */
export interface RecordedStack {
  /** `project/stack`, as notes name it. */
  readonly name: string;
  readonly classes: readonly RecordedClass[];
  readonly generations: readonly RecordedGeneration[];
  /** The id of the home of its state, where its last run was told one. */
  readonly origin?: string;
  /** Operations that its state has begun and not ended: one is at work, or was cut off. */
  readonly isOpen: boolean;
}

/** Where a resource of a state stands. */
interface Recorded {
  /** The stack, as `project/stack`. */
  readonly stack: string;
  /** The mark of everything that it made. */
  readonly mark: string;
  /** The URN that it was made under. */
  readonly urn: string;
}

/** The machines of a class. */
export interface RecordedClass extends Recorded {
  readonly state: OverlayPoolState;
}

/** A generation of a class. */
export interface RecordedGeneration extends Recorded {
  readonly state: BaseGenerationState;
}

/** The numbers that stacks declare to be their classes' own. */
export function rangesOf(stacks: readonly RecordedStack[]): Vmids[] {
  return stacks.flatMap(({ classes, generations }) =>
    [...classes, ...generations].map(({ state }) => state.vmids),
  );
}

/** Whether a number lies in one of the ranges. */
export function isInside(ranges: readonly Vmids[], vmid: number): boolean {
  return ranges.some(({ from, to }) => vmid >= from && vmid <= to);
}

/** The numbers of all machines and templates that states have. */
export function recordedNumbers(stacks: readonly RecordedStack[]): number[] {
  return stacks.flatMap(({ classes, generations }) => [
    ...classes.flatMap(({ state }) => Object.values(state.seats).map(({ vmid }) => vmid)),
    ...generations.flatMap(({ state }) => Object.values(state.copies).map(({ vmid }) => vmid)),
  ]);
}
