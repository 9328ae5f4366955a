import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { playStory } from "./conformance/play-story.ts";
import { storiesOf } from "./conformance/recording.ts";

const corpus = join(import.meta.dirname, "recordings");

/** The least share of a group's lines that has to match, in percent. */
const least: Readonly<Record<string, number>> = {
  auth: 98,
  access: 98,
  cluster: 98,
  "qemu-create": 98,
  "qemu-config": 98,
  "qemu-power": 98,
  "qemu-clone": 98,
  storage: 98,
  overlay: 98,
  reset: 98,
  multinode: 90,
};

/** A story as one test; stories of the two versions run in files' own process one after the other. */
const stories = (["8.4", "9.2"] as const).flatMap((pve) =>
  storiesOf(corpus, pve)
    .map((groups) => ({ pve, groups, wanted: groups.filter((group) => group in least) }))
    .filter(({ wanted }) => wanted.length > 0),
);

describe.concurrent("the emulator answers as the recorded genuine servers did", () => {
  test.for(stories.map((story) => [`${story.pve}: ${story.wanted.join(", ")}`, story] as const))(
    "%s",
    { timeout: 900_000 },
    async ([, { pve, groups, wanted }]) => {
      const said: string[] = [];
      const tallies = await playStory(groups, { pve, corpus, wanted, say: (line) => said.push(line) });
      expect(tallies.map(({ name }) => name)).toEqual(wanted.map((group) => `${pve}-${group}`));
      const short = tallies
        .map((tally) => ({ ...tally, percent: (100 * tally.matched) / tally.total }))
        .filter(({ name, percent }) => percent < (least[name.slice(pve.length + 1)] ?? 100));
      expect(short, said.join("\n")).toEqual([]);
    },
  );
});
