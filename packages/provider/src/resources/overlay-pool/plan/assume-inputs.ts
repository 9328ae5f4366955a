import {
  type Generation,
  hasUnknown,
  isUnknown,
  type OverlayPoolInputs,
  type OverlayPoolState,
} from "@coppice/core";
import { ANY_NODE } from "./holds-generation.ts";

const SOME_COPY = { [ANY_NODE]: { vmid: 0, files: {} } };

/** A generation of which nothing is known: one copy somewhere for all nodes. */
const NOTHING_KNOWN = {
  shared: true,
  owned: true,
  copies: SOME_COPY,
  disks: [],
  config: {},
} satisfies Partial<Generation>;

/**
 * Fills in what a preview cannot know of a generation and a Proxmox pool that are still to be made, so that the plan of
 * the seats can be shown all the same: copies and disks are taken to be like the former generation's, with a copy for every
 * other node too, since the generation goes where the class does; and nothing is asked of the pool. The number decides what becomes of a seat, and that is known.
 */
export function assumeInputs(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
): OverlayPoolInputs {
  const { pool, base, ...others } = inputs;
  if (isUnknown(base)) return inputs;
  const known = Object.fromEntries(Object.entries(base).filter(([, value]) => !hasUnknown(value)));
  return {
    ...others,
    ...(pool !== undefined && !isUnknown(pool) && { pool }),
    base: {
      ...base,
      ...NOTHING_KNOWN,
      ...state?.base,
      copies: { ...state?.base.copies, ...SOME_COPY },
      ...known,
    },
  };
}
