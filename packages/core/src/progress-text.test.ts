import { expect, test } from "vitest";
import type { Progress } from "./progress.ts";
import { progressText } from "./progress-text.ts";

const seat = { kind: "seat", name: "ada" } as const;

test.each<[sentence: string, progress: Progress]>([
  ["creating ada (7 of 25)", { verb: "create", phase: "begun", item: seat, share: { done: 7, all: 25 } }],
  ["created ada on pve2", { verb: "create", phase: "done", item: seat, node: "pve2" }],
  ["could not take back the reset of ada", { verb: "undo", phase: "failed", item: seat }],
  [
    "making the disks of the seats on pve1 (0 of 9)",
    {
      verb: "make-disks",
      phase: "begun",
      item: { kind: "node", name: "pve1" },
      share: { done: 0, all: 9 },
    },
  ],
  ["removed generation 2", { verb: "remove", phase: "done", item: { kind: "generation", name: "2" } }],
  [
    "waiting for a running clone of machine 9000 on pve1",
    { verb: "wait-for-clone", phase: "begun", item: { kind: "machine", name: "9000" }, node: "pve1" },
  ],
  ["adding machines to pool lab", { verb: "fill", phase: "begun", item: { kind: "pool", name: "lab" } }],
])("people read '%s'", (sentence, progress) => {
  expect(progressText(progress)).toBe(sentence);
});
