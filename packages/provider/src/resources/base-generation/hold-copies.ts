import { holdRoom, type OpenCluster, type PoolReading, readOwnPool } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import type { ResourceContext } from "../../kit/resource-context.ts";
import { movedGenerationRoom } from "./generation-room.ts";

/** Where copies come from, and whether it is only looked at. */
interface Move {
  readonly former: string | undefined;
  readonly mode: PoolReading["mode"];
}

/** Refuses copies that are to be in another pool and do not fit its limits; holds their room until what it gives is called. */
export async function holdCopies(
  state: BaseGenerationState,
  { former, mode }: Move,
  { cluster, context }: { readonly cluster: OpenCluster; readonly context: ResourceContext },
): Promise<() => void> {
  const { pool, owned } = state;
  const what = `Generation ${state.number} of class '${state.class}' cannot join its pool`;
  const isMoved = owned && pool !== undefined && pool !== former;
  const reading = isMoved ? await readOwnPool(cluster, { ...state, what }, mode) : undefined;
  if (reading === undefined) return () => undefined;
  return await holdRoom(cluster, reading, movedGenerationRoom(state, context.urn), context);
}
