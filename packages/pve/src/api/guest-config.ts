import { flag, number, optional, record, text } from "../parse/parser.ts";

/** A guest's configuration: the fields that are read often, and every key as the text that Proxmox writes. */
export interface GuestConfig {
  readonly name: string | undefined;
  readonly template: boolean;
  readonly protected: boolean;
  readonly lock: string | undefined;
  readonly cores: number;
  readonly memoryMiB: number;
  /** Sorted: 9.2 sorts tags, 8.4 keeps their order. */
  readonly tags: readonly string[];
  readonly description: string | undefined;
  /** For a change that must not overwrite another's. */
  readonly digest: string | undefined;
  /** Every key of the config, numbers as text. */
  readonly values: Readonly<Record<string, string>>;
}

/** Defaults of a key that the config leaves out (qemu-server, QemuServer.pm). */
const defaultMemoryMiB = 512;

/** Reads `GET …/qemu/{vmid}/config`; types differ between versions and keys, so every value is read leniently. */
export function parseGuestConfig(value: unknown): GuestConfig {
  const source = record(value, "config");
  const values = Object.fromEntries(Object.entries(source).map(([key, entry]) => [key, text(entry, key)]));
  return {
    name: optional(text)(source["name"], "name"),
    template: flag(source["template"], "template"),
    protected: flag(source["protection"], "protection"),
    lock: optional(text)(source["lock"], "lock"),
    cores: optional(number)(source["cores"], "cores") ?? 1,
    memoryMiB: memoryOf(values["memory"]),
    tags: parseTags(values["tags"]),
    description: values["description"],
    digest: values["digest"],
    values,
  };
}

/** A property string since 8.1: `2048` or `current=2048`. */
function memoryOf(memory: string | undefined): number {
  return memory === undefined ? defaultMemoryMiB : number(memory.replace(/^current=/, ""), "memory");
}

/** Tags are separated by semicolons, commas or blanks and compared as a set. */
export function parseTags(tags: string | undefined): readonly string[] {
  return (tags ?? "")
    .split(/[;,\s]+/)
    .filter((tag) => tag !== "")
    .sort();
}
