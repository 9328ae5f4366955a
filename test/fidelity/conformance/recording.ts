import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What was sent, or what happened (`SHELL`, `EVENT`, `SUMMARY`). */
export interface RecordedRequest {
  readonly method: string;
  readonly path?: string;
  readonly auth?: string | null;
  readonly ticketOf?: string;
  /** The node that was asked. */
  readonly via?: string;
  readonly csrf?: boolean;
  readonly contentType?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly extraHeaders?: Readonly<Record<string, string>>;
  readonly upgrade?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly cmd?: string;
}

/** What the genuine server answered. */
export interface RecordedAnswer {
  readonly status?: number;
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Whether the answer told its length. */
  readonly contentLength?: boolean;
  /** What a body was that is not kept: `list` or `str`. */
  readonly bodyDropped?: unknown;
  /** How many rows there were of a list whose first ones are kept. */
  readonly trimmedFrom?: unknown;
  /** What came first over an upgraded connection. */
  readonly firstBytesHex?: string;
  readonly rc?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** One line of a recording. */
export interface Recorded {
  readonly group: string;
  readonly n: number;
  readonly note: string;
  readonly ms?: number;
  /** What of the recording's surroundings had a hand in the answer. */
  readonly env?: string;
  readonly req: RecordedRequest;
  readonly res: RecordedAnswer;
}

/** The order of one version's continuous story; these begin from a fresh state of their own. */
const order = [
  "auth",
  "access",
  "pools",
  "cluster",
  "qemu-create",
  "qemu-config",
  "snapshots",
  "qemu-snapshot",
  "qemu-power",
  "qemu-clone",
  "storage",
  "backup",
  "firewall",
  "sdn",
  "misc",
];
const freshStories = ["overlay", "reset", "multinode"];

/** Reads one group's lines. */
export function readGroup(folder: string, pve: string, group: string): Recorded[] {
  const text = readFileSync(join(folder, `${pve}-${group}.jsonl`), "utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  // as: the recordings are our own data with exactly these fields.
  return lines.map((line) => ({ ...(JSON.parse(line) as Omit<Recorded, "group">), group }));
}

/** The groups of a version as stories: each is a list of groups replayed against one emulator. */
export function storiesOf(folder: string, pve: string): string[][] {
  const present = readdirSync(folder)
    .filter((name) => name.startsWith(`${pve}-`) && name.endsWith(".jsonl"))
    .map((name) => name.slice(pve.length + 1, -".jsonl".length));
  const place = (group: string) => (order.includes(group) ? order.indexOf(group) : order.length);
  const long = present
    .filter((group) => !freshStories.includes(group))
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  const fresh = freshStories.filter((group) => present.includes(group)).map((group) => [group]);
  return long.length === 0 ? fresh : [long, ...fresh];
}
