import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ledgerOf, limitTenant, tenantClass } from "../documents/tenant-lab.ts";
import { KillLab, type Victim } from "./kill-lab.ts";
import { type Look, startLooking } from "./what-is-wrong.ts";

const SEATS = 4;
const up = ["up", "class.yaml", "--yes"];
const destroy = ["destroy", "class.yaml", "--yes"];
const all = Array.from({ length: SEATS }, (_, index) => `2000${index + 1} lab-seat-0${index + 1}`);

/** Between what is asked, reserved, applied and settled: a step of each, and who dies in it. */
const makes: readonly (readonly [step: string, victim: Victim])[] = [
  ["Proxmox is asked", "the command"],
  ["Proxmox is asked", "PostgreSQL"],
  ["the engine's lock is made", "the command and PostgreSQL"],
  ["the engine's lock is made", "PostgreSQL"],
  ["after POST /nodes/*/qemu", "the engine"],
  ["after POST /nodes/*/qemu", "the command"],
  ["after POST /nodes/*/qemu", "PostgreSQL"],
  ["the engine's lock is removed", "the command"],
  ["the engine's lock is removed", "the command and PostgreSQL"],
];
const removals: typeof makes = [
  ["the engine's lock is made", "the engine"],
  ["the engine's lock is removed", "the command"],
  ["the engine's lock is removed", "PostgreSQL"],
];

describe("whoever is killed between what is reserved and settled, the same command again is all that is needed", () => {
  let kills: KillLab;
  let look: Look;
  beforeAll(async () => {
    // As much as the class needs, so that nothing of a killed run may stand in its way.
    const prepare = (lab: KillLab["lab"]) => limitTenant(lab, { machines: SEATS }, { verb: "create" });
    kills = await KillLab.start({ stack: "acme.main", prepare });
    const vmids = { from: 20_000, to: 20_099 };
    await kills.lab.write("class.yaml", tenantClass("lab", SEATS, { vmids }));
    await kills.keep("nothing");
    expect(await kills.lab.run(...up)).toMatchObject({ code: 0 });
    await kills.keep("class");
    look = await startLooking(kills.lab, kills.stack);
  }, 120_000);
  afterAll(async () => {
    look.stop();
    await kills.remove();
  });

  /** Ledger, state and Proxmox agree on so many machines. */
  const agree = async (machines: readonly string[]) => {
    // A removal that finds nothing to do starts no run, and leaves the folder of a killed one to the next.
    const left = machines.length === 0 ? /\.coppice-tenant-\w+ is left$/ : /^$/;
    expect((await look.wrong(machines)).filter((what) => !left.test(what))).toEqual([]);
    const amounts = { machines: machines.length };
    const account = { tenant: "acme", cluster: "main", holdings: [{ what: 'class "lab"', amounts }] };
    expect(await ledgerOf(kills.lab)).toMatchObject(
      machines.length === 0 ? [] : [{ ...account, reservations: [] }],
    );
  };

  test.each(makes)(
    "a class that is made, at '%s' without %s",
    async (step, victim) => {
      await kills.goBack("nothing");
      expect(await kills.isKilled(up, { step, nth: 1 }, victim)).toBe(true);
      const { code, out, err } = await kills.lab.run(...up);
      expect([code, out + err]).toEqual([0, expect.any(String)]);
      await agree(all);
    },
    120_000,
  );

  test.each(removals)(
    "a class that is removed, at '%s' without %s",
    async (step, victim) => {
      await kills.goBack("class");
      expect(await kills.isKilled(destroy, { step, nth: 1 }, victim)).toBe(true);
      const { code, out, err } = await kills.lab.run(...destroy);
      expect([code, out + err]).toEqual([0, expect.any(String)]);
      await agree([]);
    },
    120_000,
  );
});
