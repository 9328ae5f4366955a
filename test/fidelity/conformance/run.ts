import { join } from "node:path";
import { parseArgs } from "node:util";
import { accepted } from "./accepted.ts";
import { serveDownloads } from "./download-server.ts";
import { type Recorded, readGroup, storiesOf } from "./recording.ts";
import { Replay, type Verdict } from "./replay.ts";
import { startStory } from "./start-story.ts";

const { values: options } = parseArgs({
  options: {
    pve: { type: "string" },
    corpus: { type: "string", default: join(import.meta.dirname, "..", "recordings") },
    min: { type: "string", default: "0" },
    group: { type: "string", multiple: true },
    quiet: { type: "boolean", default: false },
  },
});

interface Tally {
  readonly name: string;
  matched: number;
  total: number;
}

function acceptance(pve: string, line: Recorded) {
  return accepted.find(
    (entry) => entry.group === line.group && entry.n === line.n && (entry.pve ?? pve) === pve,
  );
}

function judge(pve: string, verdict: Verdict, tally: Tally): void {
  const { line, differences } = verdict;
  const known = acceptance(pve, line);
  tally.total += 1;
  if (differences.length === 0 || known !== undefined) tally.matched += 1;
  if (differences.length === 0 && known !== undefined)
    console.log(`  ${pve}-${line.group} ${line.n} matches again: take it out of accepted.ts`);
  if (differences.length === 0 || known !== undefined || options.quiet) return;
  console.log(
    `  ${pve}-${line.group} ${line.n} "${line.note}" ${line.req.method} ${line.req.path ?? line.req.cmd ?? ""}`,
  );
  for (const difference of differences.slice(0, 6)) console.log(`      ${difference}`);
}

/** Groups before a wanted one are replayed too, unreported: they make its state. */
async function playStory(
  pve: "8.4" | "9.2",
  groups: readonly string[],
  wanted: readonly string[],
): Promise<Tally[]> {
  const last = Math.max(...wanted.map((group) => groups.indexOf(group)));
  const emulator = await startStory(pve, groups);
  const replay = new Replay(emulator, groups);
  const downloads = await serveDownloads();
  for (const [recorded, ours] of downloads.names) replay.stand(recorded, ours);
  const tallies: Tally[] = [];
  try {
    for (const group of groups.slice(0, last + 1)) {
      const tally = { name: `${pve}-${group}`, matched: 0, total: 0 };
      const skipped: Recorded[] = [];
      for (const line of readGroup(options.corpus, pve, group)) {
        const verdict = await replay.play(line);
        if (verdict === undefined) skipped.push(line);
        else if (wanted.includes(group)) judge(pve, verdict, tally);
      }
      if (!wanted.includes(group)) continue;
      tallies.push(tally);
      const left = skipped.length === 0 ? "" : ` (${skipped.length} events and summaries not counted)`;
      console.log(`${tally.name} ${tally.matched}/${tally.total}${left}`);
    }
  } finally {
    downloads.close();
    replay.close();
    await emulator.stop();
  }
  return tallies;
}

async function main(): Promise<void> {
  const versions = (["8.4", "9.2"] as const).filter(
    (pve) => options.pve === undefined || options.pve === pve,
  );
  const tallies: Tally[] = [];
  for (const pve of versions) {
    for (const story of storiesOf(options.corpus, pve)) {
      const wanted = story.filter((group) => options.group === undefined || options.group.includes(group));
      if (wanted.length > 0) tallies.push(...(await playStory(pve, story, wanted)));
    }
  }
  const matched = tallies.reduce((sum, tally) => sum + tally.matched, 0);
  const total = tallies.reduce((sum, tally) => sum + tally.total, 0);
  const percent = total === 0 ? 0 : (100 * matched) / total;
  console.log(`total ${matched}/${total} ${percent.toFixed(1)} %`);
  if (total === 0 || percent < Number(options.min)) process.exitCode = 1;
}

await main();
