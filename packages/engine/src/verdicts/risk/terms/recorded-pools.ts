import { isProperties, type OverlayPoolState, readOverlayPoolState } from "@coppice/core";
import { partTypes } from "../../../demand/part-types.ts";
import type { DocumentName } from "../../../documents/document-urn.ts";
import type { StackVerdict } from "../../../operation/stack-verdict.ts";

/** A pool of seats as the last run recorded it, and the document that it is of: a class has one for its teacher too. */
export interface RecordedPool extends DocumentName {
  readonly pool: OverlayPoolState;
}

/** A seat that the last run recorded. */
export interface RecordedMachine {
  readonly seat: string;
  readonly node: string;
  readonly pool: OverlayPoolState;
}

/** All pools that stacks have, also of documents that were not given. */
export function recordedPools(stacks: readonly StackVerdict[]): RecordedPool[] {
  return stacks
    .flatMap(({ former, others }) => [...former, ...others])
    .flatMap(({ kind, name, parts }) =>
      parts.flatMap(({ type, outputs }) => {
        // One that a run was killed in making has recorded nothing.
        const isWhole = isProperties(outputs["base"]) && isProperties(outputs["seats"]);
        if (type !== partTypes.pool || !isWhole) return [];
        return [{ kind, name, pool: readOverlayPoolState(outputs) }];
      }),
    );
}

/** The machines of pools, by their numbers. */
export function recordedMachines(pools: readonly RecordedPool[]): Map<number, RecordedMachine> {
  return new Map(
    pools.flatMap(({ pool }) =>
      Object.entries(pool.seats).map(([seat, { vmid, node }]) => [vmid, { seat, node, pool }] as const),
    ),
  );
}
