import { beforeAll, expect, test } from "vitest";
import { ansibleMs, missingAnsible, playAnsible } from "./ansible-judge.ts";
import { Stage, skipped } from "./story.ts";

/** The tasks of the short play; the whole one runs in `npm run conformance`. */
const short = [
  "pool",
  "upload",
  "create",
  "start",
  "second disk",
  "snapshot with memory",
  "stop",
  "delete",
  "nothing left",
];

let reason: string | undefined;
beforeAll(async () => {
  reason = await missingAnsible();
}, ansibleMs);

test.for(["8.4", "9.2"] as const)(
  "Ansible leads a guest that boots from a CD through its life on %s",
  { concurrent: true, timeout: ansibleMs },
  async (pve, { skip }) => {
    if (reason !== undefined) return skip(skipped("Ansible", reason));
    const stage = await Stage.open(pve);
    // Statistics that are never old: the modules would wait for them, as the whole play does.
    const rounds = setInterval(() => stage.emulator.control.tellStatus(), 500);
    try {
      expect(await playAnsible(stage, "short")).toEqual(short);
      expect(await stage.emulator.control.check()).toEqual([]);
    } finally {
      clearInterval(rounds);
      await stage.close();
    }
  },
);
