import { isSeat, markLine, networkCards, ownTags, placeOfCard, wishedTags } from "@coppice/clusters";
import {
  type DriftedSetting,
  driftedSettings,
  type Hardware,
  memoryOf,
  type OverlayPoolState,
  type SettingDrift,
  sizeWords,
} from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";
import { hardwareParameters } from "./hardware-parameters.ts";
import { hostName } from "./plan-class.ts";

/** A setting that differs, and what a running machine has of it where that is another: the rest waits for its start. */
export interface SeatDrift extends SettingDrift {
  readonly now?: string;
}

/**
 * What somebody else changed on a seat's machine, among what the next run brings back; empty where all is as declared.
 * `running` is what it runs with, where that may be another.
 *
 * @example findDrift(state, mark, "seat-03", config) // [{ setting: "memory", is: "8 GiB", declared: "1 GiB" }]
 */
export function findDrift(
  state: OverlayPoolState,
  mark: string,
  seat: string,
  config: GuestConfig,
  running: GuestConfig = config,
): SeatDrift[] {
  const settings = settingsOf(state, mark, seat, config);
  const present = new Map(settingsOf(state, mark, seat, running).map(({ setting, is }) => [setting, is]));
  return settings
    .filter(({ is, declared }) => is !== declared)
    .map((drifted) => {
      const now = present.get(drifted.setting);
      return now === undefined || now === drifted.is ? drifted : { ...drifted, now };
    });
}

function settingsOf(
  state: OverlayPoolState,
  mark: string,
  seat: string,
  config: GuestConfig,
): SettingDrift[] {
  return [
    ...hardwareOf(state, config),
    { setting: "name", is: quoted(config.name), declared: quoted(hostName(state, seat)) },
    ...notesOf(mark, seat, config),
    ...tagsOf(ownTags(mark, wishedTags(state)), config.tags),
    ...networkOf(state, config),
  ];
}

/** What somebody else changed, in words: as the state keeps it. */
export function driftWords(drift: readonly SeatDrift[]): string {
  return drift.map(settingWords).join("; ");
}

function settingWords({ setting, is, declared, now }: SeatDrift): string {
  const verb = driftedSettings[setting];
  if (now === undefined) return `${setting} ${verb} ${is}, declared ${declared}`;
  const becomes = `${verb === "are" ? "become" : "becomes"} ${is} at its next start, declared ${declared}`;
  return now === declared ? `${setting} ${becomes}` : `${setting} ${verb} ${now} and ${becomes}`;
}

const takenAtOnce: readonly DriftedSetting[] = ["name", "notes", "tags", "bridge", "VLAN"];

/** What waits for the next start only: bringing it back takes it away before it came to anything. */
const ONLY_WAITING = /^\S+ becomes? /;

/**
 * Whether a running machine takes what is brought back over only at its next start; name, tags and cards it takes at once,
 * and a change that it never ran with leaves nothing to take over.
 * Earlier versions found processors and memory alone, and said that it "has" so many.
 */
export function waitsForStart(drift: string): boolean {
  return drift
    .split("; ")
    .some((part) => !ONLY_WAITING.test(part) && !takenAtOnce.some((name) => part.startsWith(`${name} `)));
}

/** Where the class says nothing its template counts: the next run that changes a machine would bring that back too. */
function hardwareOf({ hardware, base }: OverlayPoolState, config: GuestConfig): SettingDrift[] {
  // as: the keys are those of the table.
  const parameters = Object.entries(hardwareParameters(hardware)) as [
    keyof Hardware,
    string | number | undefined,
  ][];
  return parameters.map(([key, value]) => ({
    setting: key,
    is: hardwareWords(key, config.values),
    declared: hardwareWords(key, value === undefined ? base.config : { [key]: String(value) }),
    ...saidAs(hardwareValue(key, config.values)),
  }));
}

/** A value as documents say it; undefined where Proxmox takes its own. */
function hardwareValue(
  key: keyof Hardware,
  values: OverlayPoolState["base"]["config"],
): string | number | undefined {
  if (key === "memory") return `${memoryOf(values) / 2 ** 20}MiB`;
  return key === "cores" ? Number(values[key] ?? 1) : values[key];
}

/** A value of a configuration, or what Proxmox takes where there is none. */
function hardwareWords(key: string, values: OverlayPoolState["base"]["config"]): string {
  if (key === "memory") return sizeWords(memoryOf(values));
  return String(values[key] ?? (key === "cores" ? 1 : "the usual"));
}

/** Where the first card is to be: all else of it, and further ones, are the template's own layout. */
function networkOf({ network, base }: OverlayPoolState, { values }: GuestConfig): SettingDrift[] {
  const [card] = networkCards(base.config, network);
  if (card === undefined) return [];
  const declared = placeOfCard(card);
  const is = placeOfCard({ ...card, line: values[card.key] ?? "", move: {} });
  return [
    { setting: "bridge", is: is.bridge ?? "none", declared: declared.bridge ?? "none", ...saidAs(is.bridge) },
    {
      setting: "VLAN",
      is: is.tag ?? "none",
      declared: declared.tag ?? "none",
      ...saidAs(is.tag === undefined ? undefined : Number(is.tag)),
    },
  ];
}

function saidAs(value: string | number | undefined): Pick<SettingDrift, "value"> {
  return value === undefined ? {} : { value };
}

/** Without its line a machine is known by tag and MAC alone. */
function notesOf(mark: string, seat: string, config: GuestConfig): SettingDrift[] {
  if (isSeat({ mark }, seat, config)) return [];
  return [
    { setting: "notes", is: "without the class's mark", declared: `to carry '${markLine(mark, seat)}'` },
  ];
}

function quoted(name: string | undefined): string {
  return name === undefined ? "none" : `'${name}'`;
}

/** Tags that somebody gave a machine beside ours stay. Proxmox writes all of them small, unless told otherwise. */
function tagsOf(declared: readonly string[], present: readonly string[]): SettingDrift[] {
  const small = new Set(present.map((tag) => tag.toLowerCase()));
  if (declared.every((tag) => small.has(tag.toLowerCase()))) return [];
  return [{ setting: "tags", is: tagWords(present), declared: tagWords(declared) }];
}

function tagWords(tags: readonly string[]): string {
  return tags.length === 0 ? "none" : [...tags].sort().join(" ");
}
