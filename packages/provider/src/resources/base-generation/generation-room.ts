import { generationName, type ObservedCluster, type RoomQuestion } from "@coppice/clusters";
import {
  type BaseGenerationInputs,
  type BaseGenerationState,
  generationDemand,
  generationSubject,
  noAmounts,
  templateAmounts,
} from "@coppice/core";
import type { Source } from "./find-source.ts";
import type { FreeNumbers } from "./free-numbers.ts";
import { sourceDisks } from "./source-disks.ts";

/** A generation that is about to be made. */
interface Making {
  readonly inputs: BaseGenerationInputs;
  readonly source: Source;
  readonly nodes: readonly string[];
  readonly observed: Pick<ObservedCluster, "guests">;
  /** Gives the numbers that its copies will have; others than the run's own, which are given once. */
  readonly numbers: FreeNumbers;
}

/** What a generation asks of its tenant's pool: a template a node, whose disks may come to the size of the source's. */
export function generationRoom(
  { inputs, source, nodes, observed, numbers }: Making,
  urn: string,
): RoomQuestion {
  const disks = { disks: sourceDisks(source.config.values) };
  const left = [...observed.guests.values()].filter(({ name }) => name === generationName(inputs));
  const fresh = nodes.flatMap(() => numbers.takeHighest(() => undefined) ?? []);
  return {
    urn,
    what: generationSubject(inputs.number, inputs.class),
    vmids: new Set([...left.map(({ vmid }) => vmid), ...fresh]),
    has: () => noAmounts,
    wants: templateAmounts(disks, nodes.length),
  };
}

/** What copies that are there ask of another pool that they are to be in. */
export function movedGenerationRoom(state: BaseGenerationState, urn: string): RoomQuestion {
  const copies = Object.entries(state.copies);
  return {
    urn,
    what: generationSubject(state.number, state.class),
    vmids: new Set(copies.map(([, { vmid }]) => vmid)),
    has: (isMember) =>
      generationDemand({
        ...state,
        copies: Object.fromEntries(copies.filter(([, { vmid }]) => isMember(vmid))),
      }),
    wants: generationDemand(state),
  };
}
