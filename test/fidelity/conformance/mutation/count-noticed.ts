import { SeededRandom } from "@coppice/core";
import { readGroup, storiesOf } from "../recording.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";
import { isNoticed, type Step, stepsOf } from "./noticed.ts";
import { whyUnnoticed } from "./unnoticed.ts";

/** What became of the changes. */
export interface Count {
  total: number;
  noticed: number;
  /** How many went unnoticed, by the reason why they may. */
  readonly excused: Map<string, number>;
  /** Those that nothing excuses. */
  readonly missed: string[];
}

/** Which changes are made. */
export interface CountWish {
  /** The folder of the recordings. */
  readonly corpus: string;
  readonly pve: "8.4" | "9.2";
  /** Of each kind of change at most so many are made at a line. */
  readonly perKind: number;
  /** Only every so many-th line is changed, beginning with which. */
  readonly stride?: number;
  readonly seed?: number;
}

/** Changes the recorded answers of one release one by one and counts the changes that the judge notices. */
export function countNoticed(wish: CountWish): Count {
  const { corpus, pve } = wish;
  const count: Count = { total: 0, noticed: 0, excused: new Map(), missed: [] };
  for (const story of storiesOf(corpus, pve)) {
    const lines = story.flatMap((group) => readGroup(corpus, pve, group));
    countStory(
      stepsOf(lines.filter(({ req }) => req.method !== "SUMMARY" && req.method !== "EVENT")),
      wish,
      count,
    );
  }
  return count;
}

function countStory(
  steps: readonly Step[],
  { perKind, stride = 1, seed = 0 }: CountWish,
  count: Count,
): void {
  const random = new SeededRandom(seed);
  for (const [at, { line }] of steps.entries()) {
    if (at % stride !== seed % stride) continue;
    for (const mutation of chosen([...mutationsOf(line)], perKind, random)) {
      count.total += 1;
      if (isNoticed(mutation, at, steps)) {
        count.noticed += 1;
        continue;
      }
      const reason = whyUnnoticed(mutation);
      if (reason === undefined) count.missed.push(describe(line.group, mutation));
      else count.excused.set(reason, (count.excused.get(reason) ?? 0) + 1);
    }
  }
}

/** Some changes of each kind, so that a long list does not outweigh everything else. */
function chosen(all: readonly Mutation[], perKind: number, random: SeededRandom): Mutation[] {
  const kinds = new Map<Mutation["kind"], Mutation[]>();
  for (const mutation of all) {
    const alike = kinds.get(mutation.kind) ?? [];
    alike.push(mutation);
    kinds.set(mutation.kind, alike);
  }
  return [...kinds.values()].flatMap((ofKind) =>
    ofKind.length <= perKind
      ? ofKind
      : Array.from({ length: perKind }, () => ofKind.splice(random.integer(0, ofKind.length - 1), 1)).flat(),
  );
}

function describe(group: string, { kind, at, was, line }: Mutation): string {
  return `${group} ${line.n}: ${kind} ${at} (was ${JSON.stringify(was)?.slice(0, 80)})`;
}
