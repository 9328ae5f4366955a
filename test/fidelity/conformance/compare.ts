import type { References } from "./references.ts";

/** Numbers that depend on the machine or the moment: only their type is compared. */
const volatile = new Set(
  "pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome pressurememoryfull pid pstart starttime endtime time localtime uptime cpu mem memhost disk maxcpu cpus total used avail free available used_fraction ctime mtime wait idle user_hz cores sockets balloon_min ballooninfo netin netout diskread diskwrite timestamp notafter notbefore expire_time uid cgroup-mode maxmem_host lastchange n_processed".split(
    " ",
  ),
);

/** Of hosts and storages also the sizes. */
const volatileSizes = new Set(["maxdisk", "maxmem"]);

/** Texts that describe the machine or the moment. */
const volatileTexts = new Set(
  "loadavg mhz model flags vendor family hvm kversion release version machine sysname pveversion ssl_fingerprint fingerprint san subject issuer dns1 data_digest timezone uid id_log CSRFPreventionToken ticket value upgrade client-key cert password port running-qemu running-machine".split(
    " ",
  ),
);

/** Lists in one text whose order says nothing. */
const unordered = new Set(["content", "privs", "users", "groups", "vms", "nodes"]);

/** Fields that come and go with load and time. */
const optional = new Set(
  "uptime cpu mem disk maxcpu maxmem maxdisk pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome pressurememoryfull balloon_min balloon blockstat nics ballooninfo proxmox-support running-machine running-qemu serial pid netin netout diskread diskwrite freemem shares".split(
    " ",
  ),
);

/** Which field tells rows of a list apart. */
const keys = [
  "upid",
  "volid",
  "id",
  "vmid",
  "userid",
  "groupid",
  "roleid",
  "tokenid",
  "realm",
  "poolid",
  "storage",
  "iface",
  "key",
  "name",
  "subdir",
  "n",
  "sid",
  "cidr",
  "zone",
  "vnet",
  "pos",
];

type Row = Record<string, unknown>;

function isRow(value: unknown): value is Row {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Compares an answer with the recorded one and collects where they differ. */
export class Comparison {
  readonly differences: string[] = [];
  readonly #references: References;
  readonly #shapeOnly: boolean;
  readonly #hostLike: boolean;

  constructor(references: References, options: { readonly shapeOnly: boolean; readonly path: string }) {
    this.#references = references;
    this.#shapeOnly = options.shapeOnly;
    // Sizes of hosts and storages are the machine's, those of guests are facts.
    this.#hostLike = /\/(?:status|storage|nodes|resources|cluster)(?:\?|$)|\/storage\/[^/]+\/status/.test(
      options.path,
    );
  }

  /** Compares any two values at a place. */
  value(recorded: unknown, ours: unknown, at: string, key = ""): void {
    if (Array.isArray(recorded)) return this.#list(recorded, ours, at, key);
    if (isRow(recorded)) return this.#row(recorded, ours, at);
    if (recorded === null || ours === null || ours === undefined) {
      if (recorded !== ours) this.#differ(at, recorded, ours);
      return;
    }
    // Proxmox itself answers this one as text or as number, depending on which node kept the task.
    if (key === "saved") return;
    if (typeof recorded !== typeof ours) return this.#differ(at, recorded, ours);
    if (this.#shapeOnly || this.#isVolatile(key, recorded, at)) return;
    if (!this.#sameScalar(recorded, ours, key)) this.#differ(at, recorded, ours);
  }

  #isVolatile(key: string, recorded: unknown, at: string): boolean {
    if (typeof recorded === "number")
      return volatile.has(key) || (volatileSizes.has(key) && (this.#hostLike || /node\//.test(at)));
    return volatileTexts.has(key);
  }

  #sameScalar(recorded: unknown, ours: unknown, key: string): boolean {
    if (typeof recorded !== "string" || typeof ours !== "string") return recorded === ours;
    if (/^<[a-z-]+>/.test(recorded)) return true;
    if (unordered.has(key)) return sorted(recorded) === sorted(ours);
    return this.#references.same(recorded, ours);
  }

  #row(recorded: Row, ours: unknown, at: string): void {
    if (!isRow(ours)) return this.#differ(at, recorded, ours);
    const untold = recorded["status"] === "unknown" && "vmid" in recorded;
    for (const [key, value] of Object.entries(recorded)) {
      // Whether pvestatd had told about a guest yet is a matter of seconds.
      if (untold && key === "status") continue;
      if (key in ours) this.value(value, ours[key], `${at}.${key}`, key);
      else if (!optional.has(key)) this.#differ(`${at}.${key}`, value, undefined);
    }
    for (const key of untold ? [] : Object.keys(ours)) {
      if (!(key in recorded) && !optional.has(key)) this.#differ(`${at}.${key}`, undefined, ours[key]);
    }
  }

  #list(recorded: readonly unknown[], ours: unknown, at: string, key: string): void {
    if (!Array.isArray(ours)) return this.#differ(at, recorded, ours);
    if (this.#shapeOnly) {
      if (recorded.length > 0 && ours.length > 0) this.value(recorded[0], ours[0], `${at}[0]`);
      return;
    }
    const field = keyOf(recorded);
    if (field === undefined) return this.#plainList(recorded, ours, at, key);
    const byKey = new Map(ours.filter(isRow).map((row) => [this.#name(row[field]), row] as const));
    for (const row of recorded.filter(isRow)) {
      const name = this.#references.translate(this.#name(row[field]));
      const found = byKey.get(name);
      if (found === undefined) this.#differ(`${at}[${name}]`, row, undefined);
      else this.value(row, found, `${at}[${name}]`);
      byKey.delete(name);
    }
    for (const [name, row] of byKey) this.#differ(`${at}[${name}]`, undefined, row);
  }

  #name(value: unknown): string {
    return String(value);
  }

  #plainList(recorded: readonly unknown[], ours: readonly unknown[], at: string, key: string): void {
    if (key === "loadavg") return;
    if (recorded.length !== ours.length) return this.#differ(`${at}.length`, recorded.length, ours.length);
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const [left, right] = [recorded, ours].map((list) =>
      [...list].sort((a, b) => text(a).localeCompare(text(b))),
    );
    for (const [index, value] of (left ?? []).entries()) this.value(value, right?.[index], `${at}[${index}]`);
  }

  #differ(at: string, recorded: unknown, ours: unknown): void {
    this.differences.push(`${at}: recorded ${short(recorded)}, got ${short(ours)}`);
  }
}

function keyOf(list: readonly unknown[]): string | undefined {
  return keys.find((key) => {
    const values = list.map((row) => (isRow(row) ? row[key] : undefined));
    return (
      list.length > 0 && values.every((value) => value !== undefined) && new Set(values).size === list.length
    );
  });
}

function sorted(text: string): string {
  return text
    .split(/[,;\s]/)
    .sort()
    .join(",");
}

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
