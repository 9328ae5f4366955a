import type { OverlayPoolState } from "@coppice/core";

/** What is recorded of a class, with these seats noted as gone: their machines are not there any more. */
export function noteGone(state: OverlayPoolState, gone: ReadonlySet<string>): OverlayPoolState {
  if (gone.size === 0) return state;
  const { exceptions = {}, ...rest } = state;
  const noted = [...gone].map((seat) => [seat, { gone: true as const }] as const);
  return {
    ...rest,
    seats: Object.fromEntries(Object.entries(state.seats).filter(([seat]) => !gone.has(seat))),
    exceptions: { ...exceptions, ...Object.fromEntries(noted) },
  };
}
