import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { floors } from "./conformance/floors.ts";
import { playStory } from "./conformance/play-story.ts";
import { storiesOf } from "./conformance/recording.ts";

const corpus = join(import.meta.dirname, "recordings");

/** A story as one test; stories of the two versions run in files' own process one after the other. */
const stories = (["8.4", "9.2"] as const).flatMap((pve) =>
  storiesOf(corpus, pve)
    .map((groups) => ({ pve, groups, wanted: groups.filter((group) => `${pve}-${group}` in floors) }))
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
      const short = tallies.filter(({ name, matched }) => matched < (floors[name] ?? 0));
      expect(short, said.join("\n")).toEqual([]);
    },
  );
});
