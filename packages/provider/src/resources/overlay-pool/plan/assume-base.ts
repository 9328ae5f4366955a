import type { Generation } from "@coppice/core";
import { hasUnknown } from "../../../kit/unknown.ts";
import type { OverlayPoolInputs, OverlayPoolState } from "../inputs/class-inputs.ts";

/** A generation of which nothing is known: one copy somewhere for all nodes. */
const NOTHING_KNOWN = {
  shared: true,
  owned: true,
  copies: { "": { vmid: 0, files: {} } },
  disks: [],
  config: {},
} satisfies Partial<Generation>;

/**
 * Fills in what a preview cannot know of a generation that is still to be made, so that the plan of the seats can be
 * shown all the same: copies and disks are taken to be like the former generation's. The number decides what becomes
 * of a seat, and that is known.
 */
export function assumeBase(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
): OverlayPoolInputs {
  const known = Object.fromEntries(Object.entries(inputs.base).filter(([, value]) => !hasUnknown(value)));
  return { ...inputs, base: { ...inputs.base, ...NOTHING_KNOWN, ...state?.base, ...known } };
}
