import { VirtualClock } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { Faults } from "../../faults/faults.ts";
import { GuestLab, oneDisk } from "../fixtures/guest-lab.ts";

const locked = "can't lock file '/var/lock/qemu-server/lock-900.conf' - got timeout";

/** A machine that was stopped and started again while the clean-up of its stop was late. */
async function restarted(pve: "8.4" | "9.2") {
  const clock = new VirtualClock();
  const faults = new Faults();
  faults.add({ match: { vmid: 900 }, effect: { kind: "late-cleanup", holdMs: 30_000 } });
  const lab = new GuestLab({ pve, clock, faults });
  await lab.task("POST", "/qemu", { vmid: 900, ...oneDisk });
  for (const verb of ["start", "stop", "start"])
    expect((await lab.task("POST", `/qemu/900/status/${verb}`)).status).toBe("OK");
  return { lab, clock, [Symbol.dispose]: () => lab[Symbol.dispose]() };
}

describe("the clean-up after a stop", () => {
  test("holds the lock of a machine that runs again: a change waits 10 s in vain, and passes after 30", async () => {
    using story = await restarted("9.2");
    const { lab, clock } = story;
    const change = lab.call("PUT", "/qemu/900/config", { description: "a" });
    const refused = expect(change).rejects.toThrow(locked);
    await clock.advance(10_000);
    await refused;
    const late = lab.call("PUT", "/qemu/900/config", { description: "b" });
    const alsoRefused = expect(late).rejects.toThrow(locked);
    await clock.advance(10_000);
    await alsoRefused;
    const last = lab.call("PUT", "/qemu/900/config", { description: "c" });
    await clock.advance(10_000);
    await last;
    expect(await lab.config(900)).toMatchObject({ description: "c" });
  });

  test("gives up at once on 8.4, which has no such wait", async () => {
    using story = await restarted("8.4");
    await story.lab.call("PUT", "/qemu/900/config", { description: "a" });
    expect(await story.lab.config(900)).toMatchObject({ description: "a" });
  });
});
