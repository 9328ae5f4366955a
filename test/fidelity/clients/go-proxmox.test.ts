import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type GoProgram, goBuildMs, goProgram } from "./go-program.ts";
import { Stage, skipped, steps } from "./story.ts";

describe("go-proxmox, the client that Cluster API uses", () => {
  let story: GoProgram;
  beforeAll(async () => {
    story = await goProgram(join(import.meta.dirname, "go-proxmox"), true);
  }, goBuildMs);

  test.for(["8.4", "9.2"] as const)(
    "leads a guest through its life on %s and leaves all in order",
    async (pve, { skip }) => {
      if ("reason" in story) return skip(skipped("go-proxmox", story.reason));
      const stage = await Stage.open(pve);
      try {
        const args = [stage.emulator.url, stage.ca, stage.emulator.rootPassword];
        expect(await stage.play(story.program, args)).toEqual(steps);
        expect(await stage.emulator.control.check()).toEqual([]);
      } finally {
        await stage.close();
      }
    },
  );
});
