import { CoppiceError } from "./errors/coppice-error.ts";

/**
 * Random numbers that repeat for a seed: for tests, fuzzing and spreading work, never for secrets.
 * The generator is sfc32 (Chris Doty-Humphrey's PractRand), seeded through an FNV-1a hash.
 *
 * @example new SeededRandom("case 7").integer(1, 6)
 */
export class SeededRandom {
  readonly #state: Uint32Array;

  constructor(seed: number | string) {
    const hash = fnv1a(`${typeof seed}:${seed}`);
    this.#state = Uint32Array.of(hash, hash ^ 0x9e3779b9, Math.imul(hash, 0x85ebca6b), 1);
    for (let round = 0; round < 12; round += 1) this.#word();
  }

  /** A number from 0 (included) to 1 (excluded), with 53 random bits. */
  next(): number {
    return this.#bits53() / 2 ** 53;
  }

  /** A whole number from `min` to `max`, both included, every one equally likely. */
  integer(min: number, max: number): number {
    const span = max - min + 1;
    if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max < min || span > 2 ** 53) {
      throw invalid(`There is no whole number to choose from ${min} to ${max}`);
    }
    const fairLimit = Math.floor(2 ** 53 / span) * span;
    let bits = this.#bits53();
    while (bits >= fairLimit) bits = this.#bits53();
    return min + (bits % span);
  }

  /** One element of a list. */
  pick<Item>(list: readonly Item[]): Item {
    if (list.length === 0) throw invalid("There is nothing to pick from an empty list");
    // The index is inside the list; with an element type that admits undefined no check could say so.
    return list[this.integer(0, list.length - 1)] as Item; // as: see the line above
  }

  /** `count` random bytes. */
  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#word() >>> 24);
  }

  #bits53(): number {
    return (this.#word() >>> 5) * 2 ** 26 + (this.#word() >>> 6);
  }

  #word(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state;
    const sum = (a + b + counter) >>> 0;
    this.#state.set([b ^ (b >>> 9), c + (c << 3), ((c << 21) | (c >>> 11)) + sum, counter + 1]);
    return sum;
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function invalid(what: string): CoppiceError {
  return new CoppiceError("random.invalid", { what });
}
