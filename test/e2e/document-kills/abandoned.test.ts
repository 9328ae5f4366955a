import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KillLab, Victim } from "./kill-lab.ts";
import { type OperationName, operations } from "./operations.ts";
import { startKills } from "./start-kills.ts";
import type { Look } from "./what-is-wrong.ts";

const destroy = ["destroy", "class.yaml", "--yes"];

describe("what was cut off and is not wanted any more goes with one removal", () => {
  let kills: KillLab;
  let look: Look;
  beforeAll(async () => {
    ({ kills, look } = await startKills());
  }, 120_000);
  afterAll(async () => {
    look.stop();
    await kills.remove();
  });

  test.each<[OperationName, string, Victim]>([
    ["make", "after POST /nodes/*/qemu", "the engine"],
    ["make", "a machine's disks is there", "the command"],
    ["publish", "after POST /nodes/*/qemu/*/clone", "the engine"],
    ["publish", "after POST /nodes/*/qemu/*/clone", "the command"],
  ])(
    "%s, at '%s' without %s",
    async (name, step, victim) => {
      const { from, document, command } = operations[name];
      await kills.goBack(from);
      await kills.lab.write("class.yaml", document);
      expect(await kills.isKilled(command, { step, nth: 1 }, victim)).toBe(true);
      const { code, out, err } = await kills.lab.run(...destroy);
      expect([code, await look.wrong([])], out + err).toEqual([0, []]);
      expect(await kills.lab.run("list")).toMatchObject({
        out: expect.stringContaining("Nothing has been made"),
      });
    },
    120_000,
  );
});
