import { blur } from "./blur.ts";

/** A kind of name that differs between two runs but must be the same, or another, at the same places in both. */
interface Kind {
  readonly name: string;
  readonly pattern: RegExp;
  /** What of it is a fact all the same. */
  readonly fact?: (value: string) => string;
}

const kinds: readonly Kind[] = [
  {
    name: "upid",
    pattern: /UPID:[^:\s"]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s"]+:[^:\s"]*:[^:\s"]+:/g,
    // Node, type, id and user; not process, its start and the second.
    fact: (upid) =>
      upid
        .split(":")
        .filter((_, index) => index < 2 || index > 4)
        .join(":"),
  },
  { name: "uuid", pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g },
  {
    name: "mac",
    pattern: /\b(?:[0-9A-F]{2}(?::[0-9A-F]{2}){5}|[0-9a-f]{2}(?::[0-9a-f]{2}){5})\b/g,
    // The maker's part is Proxmox's own, and so is the case.
    fact: (mac) => mac.slice(0, 8),
  },
  { name: "digest", pattern: /\b[0-9a-f]{40}\b/g },
];

/** So many layers are looked through before they are made one. */
const deepest = 50;

/** A name without its kind. */
function nameOf(kept: string): string {
  return kept.slice(kept.indexOf(" ") + 1);
}

/** Which recorded name stands for which of ours. Each stands for exactly one, both ways. */
export class References {
  readonly #known: References | undefined;
  readonly #depth: number = 0;
  readonly #forward = new Map<string, string>();
  readonly #backward = new Map<string, string>();
  readonly #literals: (readonly [string, string])[] = [];

  /** What is known may be built on without being changed. */
  constructor(known?: References) {
    if (known === undefined) return;
    this.#known = known.#depth >= deepest ? known.#flattened() : known;
    this.#depth = this.#known.#depth + 1;
    this.#literals.push(...known.#literals);
  }

  /** What was learned here, and was not known before: recorded names and ours. */
  *news(): Generator<[recorded: string, ours: string]> {
    for (const [recorded, ours] of this.#forward) yield [nameOf(recorded), ours];
  }

  /** Replaces a recorded text, wherever it is sent or expected, by ours. */
  stand(recorded: string, ours: string): void {
    this.#literals.push([recorded, ours]);
  }

  /** A recorded text with everything known replaced by ours. */
  translate(text: string): string {
    let found = this.#literal(text);
    for (const { name, pattern } of kinds)
      found = found.replace(pattern, (value) => this.#oursOf(`${name} ${value}`) ?? value);
    return found;
  }

  /** Learns that a recorded value is ours under another name; false when that contradicts what is known. */
  bind(kind: string, recorded: string, ours: string): boolean {
    const known = this.#oursOf(`${kind} ${recorded}`);
    const back = this.#recordedOf(`${kind} ${ours}`);
    if (known !== undefined || back !== undefined) return known === ours && back === recorded;
    this.#forward.set(`${kind} ${recorded}`, ours);
    this.#backward.set(`${kind} ${ours}`, recorded);
    return true;
  }

  /** True when two texts are the same up to names, and to numbers that cannot repeat. */
  same(recorded: string, ours: string): boolean {
    // What the recorder left out of the recording.
    if (recorded === "<pem>") return ours.startsWith("-----BEGIN CERTIFICATE-----\n");
    if (recorded === "<token-secret>") return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(ours);
    let [left, right] = [blur(this.#literal(recorded)), blur(ours)];
    for (const kind of kinds) {
      const theirs = left.match(kind.pattern) ?? [];
      const mine = right.match(kind.pattern) ?? [];
      if (mine.length !== theirs.length) return false;
      if (!theirs.every((value, index) => this.#bindName(kind, value, mine[index] ?? ""))) return false;
      left = left.replace(kind.pattern, `<${kind.name}>`);
      right = right.replace(kind.pattern, `<${kind.name}>`);
    }
    return left === right;
  }

  #oursOf(name: string): string | undefined {
    return this.#forward.get(name) ?? (this.#known === undefined ? undefined : this.#known.#oursOf(name));
  }

  #recordedOf(name: string): string | undefined {
    return (
      this.#backward.get(name) ?? (this.#known === undefined ? undefined : this.#known.#recordedOf(name))
    );
  }

  /** The same in one layer. */
  #flattened(): References {
    const flat = this.#known === undefined ? new References() : this.#known.#flattened();
    for (const [name, ours] of this.#forward) flat.#forward.set(name, ours);
    for (const [name, recorded] of this.#backward) flat.#backward.set(name, recorded);
    flat.#literals.splice(0, flat.#literals.length, ...this.#literals);
    return flat;
  }

  #literal(text: string): string {
    return this.#literals.reduce((value, [recorded, ours]) => value.replaceAll(recorded, ours), text);
  }

  #bindName({ name, fact }: Kind, recorded: string, ours: string): boolean {
    if (fact !== undefined && fact(recorded) !== fact(ours)) return false;
    return this.bind(name, recorded, ours);
  }
}
