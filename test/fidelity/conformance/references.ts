/** Kinds of values that differ between two runs but must stay consistent within each. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ["upid", /UPID:[^:\s"]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s"]+:[^:\s"]*:[^:\s"]+:/g],
  ["uuid", /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g],
  ["mac", /\b(?:[0-9A-F]{2}(?::[0-9A-F]{2}){5}|[0-9a-f]{2}(?::[0-9a-f]{2}){5})\b/g],
  ["digest", /\b[0-9a-f]{40}\b/g],
  ["vncticket", /PVEVNC:[0-9A-F]{8}::[A-Za-z0-9+/=]+/g],
];

/** Texts that mean the same whatever their numbers are. */
const blurred: readonly (readonly [RegExp, string])[] = [
  [/\.tmp\.\d+/g, ".tmp.#"],
  [/(ctime=|snaptime=)\d+/g, "$1#"],
  [/\bpid[ =:]\d+/g, "pid #"],
  [/\b[0-9a-f]{64}\b/g, "<sha256>"],
  [/127\.0\.0\.1:\d+/g, "<loopback>"],
  [/\([\d.]+ [KM]B\/s\)/g, "(<speed>)"],
  [/SHA256:[A-Za-z0-9+/]+/g, "SHA256:#"],
  [/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g, "<fingerprint>"],
  [/\/etc\/pve\/nodes/g, "/etc/pve/nodes"],
  [/failed to get address info for: (\S+): .*$/gm, "failed to get address info for: $1"],
  [/\d{4}[-_]\d{2}[-_]\d{2}[-_ T]\d{2}[:_]\d{2}[:_]\d{2}/g, "<time>"],
  [/[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}/g, "<time>"],
  [/at \/usr\/share\/perl5\/\S+ line \d+\./g, "at <perl>"],
];

/** Which recorded value stands for which of ours, and the other way round. */
export class References {
  readonly #forward = new Map<string, string>();
  readonly #backward = new Map<string, string>();
  readonly #literals: (readonly [string, string])[] = [];

  /** Replaces a recorded text, wherever it is sent, by ours. */
  stand(recorded: string, ours: string): void {
    this.#literals.push([recorded, ours]);
  }

  /** A recorded text with everything known replaced by ours: for sending. */
  translate(text: string): string {
    let found = this.#literals.reduce((value, [recorded, ours]) => value.replaceAll(recorded, ours), text);
    for (const [, pattern] of kinds)
      found = found.replace(pattern, (value) => this.#forward.get(value) ?? value);
    return found;
  }

  /** Learns that a recorded value is ours under another name; false when that contradicts what is known. */
  bind(recorded: string, ours: string): boolean {
    const known = this.#forward.get(recorded);
    const back = this.#backward.get(ours);
    if (known === undefined && back === undefined) {
      this.#forward.set(recorded, ours);
      this.#backward.set(ours, recorded);
      return true;
    }
    return known === ours || known === undefined;
  }

  /** True when two texts are the same up to references and numbers that cannot repeat. */
  same(recorded: string, ours: string): boolean {
    let [left, right] = [blur(recorded), blur(ours)];
    for (const [kind, pattern] of kinds) {
      const mine = right.match(pattern) ?? [];
      const theirs = left.match(pattern) ?? [];
      if (mine.length !== theirs.length) return false;
      for (const [index, value] of theirs.entries()) {
        if (!this.#bindShape(kind, value, mine[index] ?? "")) return false;
      }
      left = left.replace(pattern, `<${kind}>`);
      right = right.replace(pattern, `<${kind}>`);
    }
    return left === right;
  }

  /** A UPID's own parts are facts: node, type, id and user. */
  #bindShape(kind: string, recorded: string, ours: string): boolean {
    if (kind === "upid") {
      const facts = (upid: string) =>
        upid
          .split(":")
          .filter((_, index) => index < 2 || index > 4)
          .join(":");
      if (facts(recorded) !== facts(ours)) return false;
    }
    return this.bind(recorded, ours);
  }
}

/** A text with what cannot repeat made equal. */
export function blur(text: string): string {
  return blurred.reduce((value, [pattern, replacement]) => value.replace(pattern, replacement), text);
}
