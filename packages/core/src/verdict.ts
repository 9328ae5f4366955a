import type { Demand } from "./demand/demand.ts";
import type { Hardware } from "./kinds/generated/inputs.ts";
import { hardware } from "./kinds/machine.ts";
import type { Bytes } from "./values/size.ts";

/** What is said of a single seat by what becomes of it. Add a line to add a fate. */
export const seatFates = {
  removed: "seat is removed with all disks",
  restarted: "running seat is stopped for its change of disks and started again",
  "restart-needed": "running seat takes the new settings over at its next start: restart it when it suits",
  unreachable: "seat is on a node that is away, so this cannot be done with it now",
  reset: "seat is reset to a fresh disk; the present one is kept for undo",
  "reset-if-untouched": "seat is reset to a fresh disk if nobody wrote to the present one",
  undone: "seat is given back the disk from before the last reset",
  running: "seat is left for a later run, since a running seat is not reset",
  deferred: "seat is left on an earlier generation for now",
  found: "seat is looked at first: an interrupted run began to make it",
  leftover: "machine that an interrupted run left behind is removed",
  gone: "seat's machine is gone, with its disks: it is made anew",
  made: "seat is made",
  finished: "seat is finished: the last run did not come so far",
  drifted: "seat was changed by somebody else: it is brought back to what is declared",
  changed: "seat is changed in place",
  kept: "seat is kept as it is",
} as const satisfies Readonly<Record<string, string>>;

/** What becomes of a seat, as its owner sees it. */
export type SeatFate = keyof typeof seatFates;

/** A setting of a machine that somebody else changed: what it is and what is declared, as people read them. */
export interface SettingDrift {
  readonly setting: DriftedSetting;
  readonly is: string;
  readonly declared: string;
  /** What it is, as a document would say it; absent where none can. */
  readonly value?: string | number;
}

/** A setting that a run brings back. */
export type DriftedSetting = keyof Hardware | "name" | "notes" | "tags" | "bridge" | "VLAN";

/** The settings that a run brings back, each with its verb. */
export const driftedSettings: Readonly<Record<DriftedSetting, "is" | "are">> = {
  ...hardwareVerbs(),
  name: "is",
  notes: "are",
  tags: "are",
  bridge: "is",
  VLAN: "is",
};

function hardwareVerbs(): Record<keyof Hardware, "is" | "are"> {
  const verbs = Object.keys(hardware.fields).map((field) => [field, field.endsWith("s") ? "are" : "is"]);
  // as: `Hardware` is generated from these fields.
  return Object.fromEntries(verbs) as Record<keyof Hardware, "is" | "are">;
}

/** What becomes of one seat, or how it was found. */
export interface SeatVerdict {
  readonly seat: string;
  /** Mostly one; a second says what that means for a machine that runs, or whose node is away. */
  readonly fates: readonly SeatFate[];
  readonly vmid: number;
  readonly node: string;
  /** What somebody else changed on it. */
  readonly drift?: readonly SettingDrift[];
  /** Where it was before somebody moved it. */
  readonly movedFrom?: string;
  /** Bytes of its disks that exist only there, where that is known. */
  readonly bytes?: number;
}

/** A machine inside a class's range that is not of the class. */
export interface ForeignMachine {
  readonly vmid: number;
  readonly node: string;
}

/** What a preview or a reading comes to for the seats of one resource. Never carries a secret. */
export interface ClassVerdict {
  readonly seats: readonly SeatVerdict[];
  readonly foreign: readonly ForeignMachine[];
  /** What its seats ask for; absent where that is not known yet, and where nothing is planned. */
  readonly demand?: ClassDemand;
}

/** What one seat of a class asks for, by what becomes of it. */
export interface ClassDemand {
  /** A machine that is made, with all its disks. */
  readonly made: Demand;
  /** A machine that gets fresh disks beside the present ones: of these the disks alone are new. */
  readonly reset: Demand;
  /** What storages on which disks are made have free, as their nodes tell; absent where none was looked at. */
  readonly rooms?: readonly FreeRoom[];
}

/** What a node has free on a storage: less than its size without what is used, where something is kept back. */
export interface FreeRoom {
  readonly storage: string;
  readonly node: string;
  readonly free: Bytes;
}
