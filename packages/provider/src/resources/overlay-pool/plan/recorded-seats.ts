import { isDeepStrictEqual } from "node:util";
import {
  type OverlayPoolInputs,
  type OverlayPoolState,
  type RecordedSeat,
  seatNames,
  type WantedSeats,
} from "@coppice/core";
import { recordedInputs } from "../inputs/recorded-inputs.ts";

/** The inputs that every seat shares and that an update brings to existing machines. */
const SETTINGS = ["hardware", "network", "cloudInit", "tags", "tenant", "pool", "dataDisk"] as const;

/** The names of the seats that a class should have, in order. */
export function wantedNames(inputs: Pick<OverlayPoolInputs, "count" | "roster">): readonly string[] {
  return inputs.roster ?? seatNames(inputs.count ?? 0);
}

/** What a class's inputs ask of its seats. */
export function wantedSeats(inputs: OverlayPoolInputs, state: OverlayPoolState | undefined): WantedSeats {
  return {
    names: wantedNames(inputs),
    generation: inputs.base.number,
    policy: inputs.publish?.policy ?? "defer",
    settingsChanged: changedSettings(inputs, state).length > 0,
    ...(inputs.publish?.policyOf && { policyOf: inputs.publish.policyOf }),
    ...(inputs.reset && { reset: inputs.reset }),
    ...(inputs.undo && { undo: inputs.undo }),
  };
}

/** The shared settings that differ from those the seats were last brought to. */
export function changedSettings(
  inputs: OverlayPoolInputs,
  state: OverlayPoolState | undefined,
): (typeof SETTINGS)[number][] {
  if (state === undefined) return [];
  const wanted = recordedInputs(inputs);
  return SETTINGS.filter((setting) => !isDeepStrictEqual(wanted[setting], state[setting]));
}

/** The seats as the last run left them. */
export function recordedSeats(state: OverlayPoolState | undefined): Record<string, RecordedSeat> {
  const seats = Object.entries(state?.seats ?? {}).map(([seat, { vmid }]) => {
    const exception = state?.exceptions?.[seat];
    const generation = exception?.generation ?? state?.generation ?? 0;
    const orders = {
      ...(exception?.reset && { reset: exception.reset }),
      ...(exception?.undo && { undo: exception.undo }),
      ...(exception?.declined !== undefined && { declined: exception.declined }),
    };
    const signs = {
      ...(exception?.unfinished !== undefined && { unfinished: true as const }),
      ...(exception?.drift !== undefined && { drifted: true as const }),
    };
    return [seat, { vmid, generation, ...orders, ...signs }] as const;
  });
  return Object.fromEntries(seats);
}
