import type { SeededRandom } from "@coppice/core";

/** What a client that means harm does when it has sent its bytes. */
export type Ending = "end" | "break" | "wait";

/** One connection of such a client. */
export interface Assault {
  /** Sent one after the other. */
  readonly pieces: readonly Buffer[];
  readonly ending: Ending;
}

/** Longer than anything that a genuine server keeps of a connection. */
const endless = 700_000;

function junk(random: SeededRandom): Buffer {
  const size = random.integer(0, 9) === 0 ? random.integer(1, 20_000) : random.integer(1, 12);
  return Buffer.from(random.bytes(size));
}

/** Puts bytes in, takes some out, repeats some: at most six times. */
function mutated(sample: Buffer, random: SeededRandom): Buffer {
  let bytes = sample;
  for (let rounds = random.integer(0, 6); rounds > 0; rounds -= 1) {
    const at = random.integer(0, bytes.length);
    const cut = random.integer(0, 2) === 0 ? 0 : random.integer(0, Math.min(20, bytes.length - at));
    const copy = bytes.subarray(at, at + random.integer(0, 200));
    const put = random.integer(0, 3) === 0 ? copy : junk(random);
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
  }
  return bytes;
}

/** A sample up to some byte, then more of the same than anybody keeps: an endless line, head, field or file. */
function flooded(sample: Buffer, random: SeededRandom): Buffer {
  const at = random.integer(0, sample.length);
  const drop = Buffer.from(random.pick(["a", "\r\n", "X: y\r\n", "\0", "--b\r\n", "%00", "[["]));
  return Buffer.concat([sample.subarray(0, at), Buffer.alloc(endless, drop)]);
}

function split(bytes: Buffer, random: SeededRandom): Buffer[] {
  const cuts = Array.from({ length: random.integer(0, 3) }, () => random.integer(0, bytes.length));
  const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

/**
 * One assault that starts from something that looks a little like the port's protocol. Those that wait for the server's
 * own patience to end are rare, for each takes seconds.
 */
export function hostileBytes(samples: readonly Buffer[], random: SeededRandom, mayWait: boolean): Assault {
  const sample = random.pick(samples);
  const bytes = random.integer(0, 30) === 0 ? flooded(sample, random) : mutated(sample, random);
  const draw = random.integer(0, 99);
  const ending = mayWait && draw === 0 ? "wait" : draw < 40 ? "break" : "end";
  return { pieces: split(bytes, random), ending };
}
