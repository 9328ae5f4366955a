import { expect, test } from "vitest";
import { buildImages, packerProgram, packerSteps } from "./packer-judge.ts";
import { Stage, skipped } from "./story.ts";

test.for(["8.4", "9.2"] as const)(
  "Packer makes a template from an ISO and one from a clone on %s",
  { concurrent: true },
  async (pve, { skip }) => {
    const story = await packerProgram(false);
    if ("reason" in story) return skip(skipped("Packer", story.reason));
    const stage = await Stage.open(pve);
    try {
      expect(await buildImages(stage, story.program)).toEqual(packerSteps);
      expect(await stage.emulator.control.check()).toEqual([]);
      const { stdout } = await stage.emulator.shell("pve1", "qm config 400");
      expect(stdout).toContain("ide2: none,media=cdrom\n");
      expect(stdout).toMatch(/^ide0: local:400\/vm-400-cloudinit\.qcow2,media=cdrom$/m);
      expect(stdout).toMatch(
        /^scsi0: local:400\/base-400-disk-0\.qcow2,cache=writeback,iothread=1,size=1G$/m,
      );
    } finally {
      await stage.close();
    }
  },
);
