import { networkCards, ownTags, placeOfCard } from "@coppice/clusters";
import { memoryMiBOf, type OverlayPoolState, sizeWords } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";
import { hardwareParameters } from "./hardware-parameters.ts";
import { hostName } from "./plan-class.ts";

/** One setting of a machine: what it is, and what is declared, both as people read them. */
interface Setting {
  /** With its verb: `tags are`. */
  readonly name: string;
  readonly is: string;
  readonly declared: string;
}

/**
 * What somebody else changed on a seat's machine, among what the next run brings back; undefined where all is as declared.
 *
 * @example findDrift(state, mark, "seat-03", config) // "memory is 8 GiB, declared 1 GiB"
 */
export function findDrift(
  state: OverlayPoolState,
  mark: string,
  seat: string,
  config: GuestConfig,
): string | undefined {
  const settings = [
    ...hardwareOf(state, config),
    { name: "name is", is: quoted(config.name), declared: quoted(hostName(state, seat)) },
    ...tagsOf(ownTags(mark, state.tags), config.tags),
    ...networkOf(state, config),
  ];
  const changed = settings.filter(({ is, declared }) => is !== declared);
  if (changed.length === 0) return undefined;
  return changed.map(({ name, is, declared }) => `${name} ${is}, declared ${declared}`).join("; ");
}

const takenAtOnce = ["name is", "tags are", "bridge is", "VLAN is"];

/**
 * Whether a running machine takes what is brought back over only at its next start; name, tags and cards it takes at once.
 * Earlier versions found processors and memory alone, and said that it "has" so many.
 */
export function waitsForStart(drift: string): boolean {
  return drift.split("; ").some((part) => !takenAtOnce.some((name) => part.startsWith(`${name} `)));
}

/** Where the class says nothing its template counts: the next run that changes a machine would bring that back too. */
function hardwareOf({ hardware, base }: OverlayPoolState, config: GuestConfig): Setting[] {
  return Object.entries(hardwareParameters(hardware)).map(([key, value]) => ({
    name: key === "cores" ? "cores are" : `${key} is`,
    is: hardwareWords(key, config.values),
    declared: hardwareWords(key, value === undefined ? base.config : { [key]: String(value) }),
  }));
}

/** A value of a configuration, or what Proxmox takes where there is none. */
function hardwareWords(key: string, values: OverlayPoolState["base"]["config"]): string {
  if (key === "memory") return sizeWords(memoryMiBOf(values) * 2 ** 20);
  return String(values[key] ?? (key === "cores" ? 1 : "the usual"));
}

/** Where the first card is to be: all else of it, and further ones, are the template's own layout. */
function networkOf({ network, base }: OverlayPoolState, { values }: GuestConfig): Setting[] {
  const [card] = networkCards(base.config, network);
  if (card === undefined) return [];
  const declared = placeOfCard(card);
  const is = placeOfCard({ ...card, line: values[card.key] ?? "", move: {} });
  return [
    { name: "bridge is", is: is.bridge ?? "none", declared: declared.bridge ?? "none" },
    { name: "VLAN is", is: is.tag ?? "none", declared: declared.tag ?? "none" },
  ];
}

function quoted(name: string | undefined): string {
  return name === undefined ? "none" : `'${name}'`;
}

/** Tags that somebody gave a machine beside ours stay. Proxmox writes all of them small, unless told otherwise. */
function tagsOf(declared: readonly string[], present: readonly string[]): Setting[] {
  const small = new Set(present.map((tag) => tag.toLowerCase()));
  if (declared.every((tag) => small.has(tag.toLowerCase()))) return [];
  return [{ name: "tags are", is: tagWords(present), declared: tagWords(declared) }];
}

function tagWords(tags: readonly string[]): string {
  return tags.length === 0 ? "none" : [...tags].sort().join(" ");
}
