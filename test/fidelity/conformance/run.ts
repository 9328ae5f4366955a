import { join } from "node:path";
import { parseArgs } from "node:util";
import { runJudges } from "../clients/run-judges.ts";
import { runAssaults } from "../hostile/run-assaults.ts";
import { countNoticed } from "./mutation/count-noticed.ts";
import { describeCount } from "./mutation/describe-count.ts";
import { describe, playStory, type Tally } from "./play-story.ts";
import { storiesOf } from "./recording.ts";

const { values: options } = parseArgs({
  options: {
    pve: { type: "string" },
    corpus: { type: "string", default: join(import.meta.dirname, "..", "recordings") },
    min: { type: "string", default: "0" },
    group: { type: "string", multiple: true },
    hostile: { type: "string", default: "60" },
    quiet: { type: "boolean", default: false },
  },
});

const versions = (["8.4", "9.2"] as const).filter((pve) => options.pve === undefined || options.pve === pve);

/** Whether the judge itself would notice: single changes of every recorded answer. */
function mutate(): void {
  for (const pve of versions) {
    const count = countNoticed({ corpus: options.corpus, pve, perKind: 8 });
    for (const line of describeCount(pve, count)) console.log(line);
    if (count.missed.length > 0 || count.noticed < 0.95 * count.total) process.exitCode = 1;
  }
}

async function main(): Promise<void> {
  const tallies: Tally[] = [];
  for (const pve of versions) {
    for (const story of storiesOf(options.corpus, pve)) {
      const wanted = story.filter((group) => options.group === undefined || options.group.includes(group));
      const say = (line: string) => {
        if (!options.quiet || !line.startsWith(" ")) console.log(line);
      };
      if (wanted.length > 0)
        tallies.push(...(await playStory(story, { pve, corpus: options.corpus, wanted, say })));
    }
  }
  const sum = (count: (tally: Tally) => number) => tallies.reduce((all, tally) => all + count(tally), 0);
  const all = {
    name: "total",
    matched: sum(({ matched }) => matched),
    accepted: sum(({ accepted }) => accepted),
    total: sum(({ total }) => total),
  };
  console.log(describe(all));
  if (all.total === 0 || (100 * all.matched) / all.total < Number(options.min)) process.exitCode = 1;
}

/** So many seconds of hostile bytes on every port; other ones each day, the same ones for the seed that is printed. */
async function attack(): Promise<void> {
  const seed = new Date().toISOString().slice(0, 10);
  console.log(`hostile bytes of seed ${seed}`);
  const problems = await runAssaults({ pve: "9.2", seed, ms: Number(options.hostile) * 1000 }, console.log);
  report(problems);
}

/** Ansible and Packer, whole. */
async function judge(): Promise<void> {
  for (const pve of ["8.4", "9.2"] as const) {
    if (options.pve === undefined || options.pve === pve) report(await runJudges(pve, console.log));
  }
}

function report(problems: readonly string[]): void {
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

if (options.group === undefined) mutate();
await main();
if (options.group === undefined) {
  await judge();
  await attack();
}
