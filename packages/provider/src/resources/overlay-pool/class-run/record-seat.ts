import type { PlannedSeat } from "../plan/planned-class.ts";
import { type ClassRun, note } from "./class-run.ts";

/** A machine's configuration. */
type Values = Readonly<Record<string, string | number>>;

/** Notes a seat that exists now, with the MAC of its first card. */
export function recordSeat(run: ClassRun, { seat, vmid, node }: PlannedSeat, values: Values): void {
  const mac = firstMac(values);
  run.seats.set(seat, { vmid, node, mac });
  const { reset, undo, base } = run.inputs;
  note(run, seat, {
    generation: base.number,
    unfinished: undefined,
    ...(run.inputs.start === "after-create" && { unstarted: true as const }),
    ...(reset?.[seat] && { reset: reset[seat] }),
    ...(undo?.[seat] && { undo: undo[seat] }),
  });
}

/** The MAC of a machine's first card; empty where it has none. */
export function firstMac(values: Values): string {
  return /=((?:[0-9A-F]{2}:){5}[0-9A-F]{2})/i.exec(String(values["net0"] ?? ""))?.[1] ?? "";
}
