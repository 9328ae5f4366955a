import { linesOf } from "./notes.ts";

/** A seat's disks by slot, each as a volume id. */
export type SeatVolumes = ReadonlyMap<string, string>;

/** What the notes of a seat's machine keep beside its mark: the truth that outlives a lost state. */
export interface SeatNotes {
  /** The order that led to its present disks; absent before the first reset. */
  readonly order?: string;
  /** Disks that it had before, the latest first. They stand as `unusedN` for an undo. */
  readonly former: readonly SeatVolumes[];
}

const ORDER = /^disks:([0-9a-f]+)$/;
const FORMER = /^former:((?:[a-z]+\d+=\S+(?: [a-z]+\d+=\S+)*)?)$/;

/** Notes with what is kept put in place of what they kept before; all that anybody else wrote there stays. */
export function withNotes(text: string, { order, former }: SeatNotes): string {
  const others = text.split("\n").filter((line) => !isRecord(line.trimEnd()));
  const lines = former.map((volumes) => `former:${[...volumes].map((pair) => pair.join("=")).join(" ")}`);
  return [others.join("\n").trimEnd(), ...(order === undefined ? [] : [`disks:${order}`]), ...lines].join(
    "\n",
  );
}

function isRecord(line: string): boolean {
  return ORDER.test(line) || FORMER.test(line);
}

/** What the notes of a machine keep. */
export function parseNotes(text: string | undefined): SeatNotes {
  const lines = linesOf(text);
  const [order] = lines.flatMap((line) => ORDER.exec(line)?.[1] ?? []);
  const former = lines.flatMap((line) => FORMER.exec(line)?.[1] ?? []).map(parseVolumes);
  return { former, ...(order !== undefined && { order }) };
}

function parseVolumes(text: string): SeatVolumes {
  const pairs = text.split(" ").filter((pair) => pair !== "");
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}
