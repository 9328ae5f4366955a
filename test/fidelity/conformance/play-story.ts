import { accepted } from "./accepted.ts";
import { serveDownloads } from "./download-server.ts";
import { nodeAddresses } from "./node-addresses.ts";
import { beginning, Pace } from "./pace.ts";
import { type Recorded, readGroup } from "./recording.ts";
import { Replay, type Verdict } from "./replay.ts";
import { startStory } from "./start-story.ts";
import { Timekeeper } from "./timekeeper.ts";

/** How one group came out. */
export interface Tally {
  readonly name: string;
  matched: number;
  /** Differences that stand; not matched. */
  accepted: number;
  total: number;
}

/** What is replayed, and how. */
export interface StoryWish {
  readonly pve: "8.4" | "9.2";
  /** The folder of the recordings. */
  readonly corpus: string;
  /** The groups that are reported; those before them in the story are replayed too: they make the state. */
  readonly wanted: readonly string[];
  /** Gets a line for each difference, and for each group as it ends. */
  readonly say: (line: string) => void;
}

/** A tally in words; what is accepted counts as little as what differs. */
export function describe({ name, matched, accepted, total }: Tally): string {
  const apart = total - accepted;
  const share = (of: number) => `${((100 * matched) / Math.max(1, of)).toFixed(1)} %`;
  return `${name}: ${matched} of ${total} matched (${share(total)}), ${accepted} accepted, ${apart - matched} differ; without those accepted ${share(apart)}`;
}

function acceptance(pve: string, line: Recorded) {
  return accepted.find(
    (entry) => entry.group === line.group && entry.n === line.n && (entry.pve ?? pve) === pve,
  );
}

function judge({ pve, say }: StoryWish, { line, differences }: Verdict, tally: Tally): void {
  const known = acceptance(pve, line);
  tally.total += 1;
  if (differences.length === 0) tally.matched += 1;
  else if (known !== undefined) tally.accepted += 1;
  if (differences.length === 0 && known !== undefined)
    say(`  ${pve}-${line.group} ${line.n} matches again: take it out of accepted.ts`);
  if (differences.length === 0 || known !== undefined) return;
  say(
    `  ${pve}-${line.group} ${line.n} "${line.note}" ${line.req.method} ${line.req.path ?? line.req.cmd ?? ""}`,
  );
  for (const difference of differences.slice(0, 6)) say(`      ${difference}`);
}

interface Playing {
  readonly replay: Replay;
  readonly time: Timekeeper;
  readonly wish: StoryWish;
}

async function playGroup({ replay, time, wish }: Playing, group: string): Promise<Tally | undefined> {
  const tally = { name: `${wish.pve}-${group}`, matched: 0, accepted: 0, total: 0 };
  const isWanted = wish.wanted.includes(group);
  const lines = readGroup(wish.corpus, wish.pve, group);
  const pace = new Pace(time.clock, lines);
  let skipped = 0;
  for (const line of lines) {
    await pace.keep(line);
    const verdict = await time.until(replay.play(line));
    if (verdict === undefined) skipped += 1;
    else if (isWanted) judge(wish, verdict, tally);
  }
  if (!isWanted) return undefined;
  const left = skipped === 0 ? "" : ` (${skipped} events and summaries not counted)`;
  wish.say(`${describe(tally)}${left}`);
  return tally;
}

/** Replays one story against a fresh emulator, up to its last wanted group. */
export async function playStory(groups: readonly string[], wish: StoryWish): Promise<Tally[]> {
  const last = Math.max(...wish.wanted.map((group) => groups.indexOf(group)));
  const time = new Timekeeper(beginning(wish.pve));
  const addresses = nodeAddresses(groups.flatMap((group) => readGroup(wish.corpus, wish.pve, group)));
  const nodes = Math.max(1, addresses.size);
  const emulator = await startStory({ pve: wish.pve, nodes, clock: time.clock });
  const replay = new Replay(emulator, wish.pve, groups);
  const downloads = await serveDownloads();
  for (const [recorded, ours] of downloads.names) replay.stand(recorded, ours);
  for (const [name, recorded] of addresses) replay.stand(recorded, emulator.cluster.node(name).address);
  const tallies: Tally[] = [];
  try {
    for (const group of groups.slice(0, last + 1)) {
      const tally = await playGroup({ replay, time, wish }, group);
      if (tally !== undefined) tallies.push(tally);
    }
  } finally {
    downloads.close();
    replay.close();
    await time.until(emulator.stop());
  }
  return tallies;
}
