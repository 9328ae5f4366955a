/** A seat's disks by slot, each as a volume id. */
export type SeatVolumes = ReadonlyMap<string, string>;

/** What the notes of a seat's machine keep beside its mark: the truth that outlives a lost state. */
export interface SeatNotes {
  /** The order that led to its present disks; absent before the first reset. */
  readonly order?: string;
  /** Disks that it had before, the latest first. They stand as `unusedN` for an undo. */
  readonly former: readonly SeatVolumes[];
}

/** Notes text with what is kept put in place of what it held before. */
export function withNotes(text: string, { order, former }: SeatNotes): string {
  const rest = text.split("\n").filter((line) => !/^(?:disks|former):/.test(line));
  const lines = former.map((volumes) => `former:${[...volumes].map((pair) => pair.join("=")).join(" ")}`);
  return [rest.join("\n").trimEnd(), ...(order === undefined ? [] : [`disks:${order}`]), ...lines].join("\n");
}

/** What the notes of a machine keep. */
export function parseNotes(text: string | undefined): SeatNotes {
  const lines = (text ?? "").split("\n");
  const order = lines.find((line) => line.startsWith("disks:"))?.slice("disks:".length);
  const former = lines
    .filter((line) => line.startsWith("former:"))
    .map((line) => parseVolumes(line.slice("former:".length)));
  return { former, ...(order !== undefined && { order }) };
}

function parseVolumes(text: string): SeatVolumes {
  const pairs = text.split(" ").filter((pair) => pair.includes("="));
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

/** The seat that notes with a pool's mark name; undefined for any other guest's. */
export function markedSeat(text: string | undefined, mark: string): string | undefined {
  const start = `coppice:${mark}/`;
  const line = (text ?? "").split("\n").find((each) => each.startsWith(start));
  return line?.slice(start.length);
}
