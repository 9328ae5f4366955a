import type { Demand } from "./demand/demand.ts";
import { isList, isProperties, type JsonValue, type Properties, parseProperties } from "./properties.ts";
import {
  type ClassDemand,
  type ClassVerdict,
  driftedSettings,
  type ForeignMachine,
  type FreeRoom,
  type SeatVerdict,
  type SettingDrift,
  seatFates,
} from "./verdict.ts";

/** Tells our lines from all others in a log that has nothing but text. */
const mark = "coppice:verdict ";

/** A verdict as one line of a log, to be read back by {@link parseVerdictLine}. */
export function verdictLine(verdict: ClassVerdict): string {
  return mark + JSON.stringify(verdict);
}

/** The verdict that a line of a log carries; undefined for every other line, and for words of a later version. */
export function parseVerdictLine(line: string): ClassVerdict | undefined {
  if (!line.startsWith(mark)) return undefined;
  const fields = parseProperties(line.slice(mark.length));
  const seats = all(fields?.["seats"], seatOf);
  const foreign = all(fields?.["foreign"], foreignOf);
  if (seats === undefined || foreign === undefined) return undefined;
  const demand = classDemandOf(fields?.["demand"]);
  return { seats, foreign, ...(demand && { demand }) };
}

/** What cannot be read is not known: the seats are told all the same. */
function classDemandOf(value: JsonValue | undefined): ClassDemand | undefined {
  if (!isProperties(value)) return undefined;
  const [made, reset] = [demandOf(value["made"]), demandOf(value["reset"])];
  if (made === undefined || reset === undefined) return undefined;
  const rooms = all(value["rooms"] ?? [], roomOf) ?? [];
  return { made, reset, ...(rooms.length > 0 && { rooms }) };
}

function roomOf({ storage, node, free }: Properties): FreeRoom | undefined {
  const isWhole = typeof storage === "string" && typeof node === "string" && typeof free === "number";
  return isWhole ? { storage, node, free } : undefined;
}

function demandOf(value: JsonValue | undefined): Demand | undefined {
  if (!isProperties(value) || !isProperties(value["disks"])) return undefined;
  const { memory, processors } = value;
  const sizes = Object.entries(value["disks"]);
  const disks = sizes.filter((entry): entry is [string, number] => typeof entry[1] === "number");
  const isWhole = disks.length === sizes.length;
  if (typeof memory !== "number" || typeof processors !== "number" || !isWhole) return undefined;
  return { memory, processors, disks: Object.fromEntries(disks) };
}

/** Every item as what it should be; undefined as soon as one is not. */
function all<T>(value: JsonValue | undefined, read: (item: Properties) => T | undefined): T[] | undefined {
  if (!isList(value)) return undefined;
  const items = value.flatMap((item) => (isProperties(item) ? (read(item) ?? []) : []));
  return items.length === value.length ? items : undefined;
}

function seatOf(item: Properties): SeatVerdict | undefined {
  const { seat, movedFrom, bytes } = item;
  const place = foreignOf(item);
  const fates = isList(item["fates"]) ? item["fates"].flatMap((fate) => keyOf(seatFates, fate) ?? []) : [];
  const drift = item["drift"] === undefined ? [] : all(item["drift"], driftOf);
  if (typeof seat !== "string" || place === undefined || fates.length === 0 || drift === undefined) {
    return undefined;
  }
  return {
    seat,
    fates,
    ...place,
    ...(drift.length > 0 && { drift }),
    ...(typeof movedFrom === "string" && { movedFrom }),
    ...(typeof bytes === "number" && { bytes }),
  };
}

function driftOf({ setting, is, declared, value }: Properties): SettingDrift | undefined {
  const known = keyOf(driftedSettings, setting);
  if (known === undefined || typeof is !== "string" || typeof declared !== "string") return undefined;
  const isSaid = typeof value === "string" || typeof value === "number";
  return { setting: known, is, declared, ...(isSaid && { value }) };
}

function foreignOf({ vmid, node }: Properties): ForeignMachine | undefined {
  return typeof vmid === "number" && typeof node === "string" ? { vmid, node } : undefined;
}

function keyOf<Table extends object>(table: Table, name: JsonValue | undefined): keyof Table | undefined {
  return typeof name === "string" && isKey(table, name) ? name : undefined;
}

function isKey<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name);
}
