import {
  type AmountName,
  type Amounts,
  amountNames,
  classSubject,
  generationDemand,
  generationSubject,
  hasUnknown,
  isProperties,
  isUnknown,
  type JsonValue,
  noAmounts,
  type Properties,
  readOverlayPoolState,
  type SeatsContents,
  seatsDemand,
  spareMachines,
  wantedSeatsOf,
} from "@coppice/core";
import { partTypes } from "./part-types.ts";
import { generationContents } from "./recorded-demand.ts";
import type { SeatRenewals } from "./seat-renewals.ts";

/** What a resource comes to when a run has ended. */
export interface PlannedDemand {
  /** In the end, as far as it is known. */
  readonly after: Amounts;
  /** While it is worked on. */
  readonly peak: Amounts;
  readonly unknown?: UnknownDemand;
}

/** What nobody can tell before a run. */
export interface UnknownDemand {
  /** What asks, as a sentence has it: `class "lab"`. */
  readonly what: string;
  readonly amounts: readonly AmountName[];
  readonly why: string;
}

/** A resource as a run wants it. */
export interface WantedPart {
  readonly type: string;
  /** Its inputs, and its outputs as far as the run tells them. */
  readonly values: Properties;
  readonly renewals: SeatRenewals;
}

/** What a resource asks for by what a run says of it. */
export function plannedDemand({ type, values, renewals }: WantedPart): PlannedDemand {
  if (type === partTypes.pool) return poolDemand(values, renewals);
  if (type === partTypes.generation) return copiesDemand(values);
  return { after: noAmounts, peak: noAmounts };
}

function poolDemand(values: Properties, { kept, resets }: SeatRenewals): PlannedDemand {
  const base = isProperties(values["base"]) ? values["base"] : {};
  const open = openAmounts(values, base);
  const known = {
    number: 0,
    storage: "",
    owned: false,
    copies: {},
    ...base,
    // Seats on what nobody knows yet take at least their own disks.
    disks: open.includes("storage") ? [] : base["disks"],
    config: open.includes("cores") ? {} : base["config"],
  };
  const state = readOverlayPoolState({ ...values, base: known });
  const madeBy = state.madeBy === "overlay" || state.madeBy === "bulk" ? state.madeBy : "linked";
  const shared = base["shared"] === true;
  const seats: SeatsContents = { ...wantedSeatsOf(state), kept };
  const spares = spareMachines({ madeBy, base: { shared } }, resets);
  return {
    after: without(seatsDemand(seats), open),
    peak: without(seatsDemand({ ...seats, spares }), open),
    ...(open.length > 0 && { unknown: openPool(values, open) }),
  };
}

/** What seats take is what their generation says, as far as the class does not say it itself. */
function openAmounts({ hardware }: Properties, { disks, config }: Properties): AmountName[] {
  const isOpen: Readonly<Record<AmountName, boolean>> = {
    machines: false,
    cores: config === undefined || hasUnknown(config),
    memory:
      (config === undefined || hasUnknown(config)) &&
      !(isProperties(hardware) && typeof hardware["memory"] === "string" && !hasUnknown(hardware["memory"])),
    storage: disks === undefined || hasUnknown(disks),
  };
  return amountNames.filter((name) => isOpen[name]);
}

function openPool({ class: of, base }: Properties, amounts: readonly AmountName[]): UnknownDemand {
  const number = isProperties(base) && typeof base["number"] === "number" ? ` ${base["number"]}` : "";
  return {
    what: classSubject(wordOf(of)),
    amounts,
    why: `its seats stand on generation${number}, of which nothing is known before it is made`,
  };
}

function copiesDemand(values: Properties): PlannedDemand {
  const { owned, copies, disks, class: of, number } = values;
  const amounts = generationDemand(generationContents(values));
  const isOwner = owned === undefined || isUnknown(owned) || owned === true;
  const isCountOpen = copies === undefined || isUnknown(copies);
  const isOpen = { machines: isCountOpen, storage: isCountOpen || hasUnknown(disks) };
  const open = (["machines", "storage"] as const).filter((name) => isOwner && isOpen[name]);
  if (open.length === 0) return { after: amounts, peak: amounts };
  const unknown = {
    what: generationSubject(wordOf(number), wordOf(of)),
    amounts: open,
    why: "it is made of a machine that is not there before the run, or could not be looked at",
  };
  return { after: without(amounts, open), peak: without(amounts, open), unknown };
}

function wordOf(value: JsonValue | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "?";
}

/** Memory and cores of a machine of which nothing is known are not Proxmox's defaults. */
function without(amounts: Amounts, open: readonly AmountName[]): Amounts {
  const figure = (name: "cores" | "memory") => (open.includes(name) ? 0 : amounts[name]);
  return { ...amounts, cores: figure("cores"), memory: figure("memory") };
}
