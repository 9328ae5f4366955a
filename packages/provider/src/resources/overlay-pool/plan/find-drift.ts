import { isNetworkKey, ownTags, parseConfigLine } from "@coppice/clusters";
import { memoryMiBOf, type OverlayPoolState, parseMemoryMiB, sizeWords } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";
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

function hardwareOf({ hardware = {}, base }: OverlayPoolState, config: GuestConfig): Setting[] {
  const { cores = Number(base.config["cores"] ?? 1), memory, ...others } = hardware;
  const wantedMiB = memory === undefined ? memoryMiBOf(base.config) : parseMemoryMiB(memory);
  return [
    { name: "cores are", is: String(config.cores), declared: String(cores) },
    { name: "memory is", is: memoryWords(config.memoryMiB), declared: memoryWords(wantedMiB) },
    ...Object.entries(others).map(([key, declared]) => ({
      name: `${key} is`,
      is: config.values[key] ?? "the usual",
      declared: String(declared),
    })),
  ];
}

/** Only what the class says of the first card: all else of it is the template's. */
function networkOf({ network }: OverlayPoolState, { values }: GuestConfig): Setting[] {
  const card = Object.keys(values).filter(isNetworkKey).sort()[0];
  if (card === undefined || network === undefined) return [];
  const options = parseConfigLine(values[card] ?? "").options.map((option) => option.split("=", 2));
  const of = (key: string) => options.find(([name]) => name === key)?.[1] ?? "none";
  return [
    ...(network.bridge === undefined
      ? []
      : [{ name: "bridge is", is: of("bridge"), declared: network.bridge }]),
    ...(network.tag === undefined ? [] : [{ name: "VLAN is", is: of("tag"), declared: String(network.tag) }]),
  ];
}

function memoryWords(mib: number): string {
  return sizeWords(mib * 2 ** 20);
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
