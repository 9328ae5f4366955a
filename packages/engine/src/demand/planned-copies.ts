import { disksSize, type Properties } from "@coppice/core";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import { partTypes } from "./part-types.ts";
import { generationContents } from "./recorded-demand.ts";
import { toldValues } from "./told-values.ts";

/** A template that a run makes for a generation of ours. */
export interface PlannedCopy {
  /** What it is, as a sentence has it: `lab generation 2`. */
  readonly name: string;
  readonly storage: string;
  readonly node: string;
  readonly size: number;
}

/** The templates that a run makes, by what it tells of generations: where their disks come, and how large. */
export function plannedCopies(events: readonly EngineEvent[]): PlannedCopy[] {
  const steps = events.filter((event): event is StepEvent => event.kind === "step" && isMade(event));
  return [...Map.groupBy(steps, ({ urn }) => urn).values()].flatMap((group) => copiesIn(toldValues(group)));
}

function isMade({ type, op }: StepEvent): boolean {
  return type === partTypes.generation && (op === "create" || op === "create-replacement");
}

function copiesIn(values: Properties): PlannedCopy[] {
  const { owned, copies, disks } = generationContents(values);
  const { storage, class: of, number } = values;
  const size = disksSize({ disks });
  const isPlaced = owned && size > 0 && typeof storage === "string";
  if (!isPlaced || typeof of !== "string" || typeof number !== "number") return [];
  const name = `${of} generation ${number}`;
  return Object.keys(copies).map((node) => ({ name, storage, node, size }));
}
