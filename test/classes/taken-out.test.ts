import type { BaseGenerationState, OverlayPoolInputs } from "@coppice/core";
import { createPool, deletePool, type GuestConfig, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { membersOf, typeLines } from "./pool-token.ts";

describe("what is taken out of a class's description", () => {
  let lab: ClassLab;
  let base: BaseGenerationState;
  beforeAll(async () => {
    lab = await ClassLab.start();
    base = await lab.generation();
    await createPool(lab.cluster.client, { poolid: "acme" });
    await lab.cluster.control.save("fresh");
  });
  beforeEach(() => lab.cluster.restore("fresh"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const inputs = (more: Partial<OverlayPoolInputs> = {}) =>
    poolInputs(base, { roster: ["ada", "grace"], ...more });
  const configOf = async (state: Parameters<typeof placeOf>[0], seat: string): Promise<GuestConfig> =>
    await readGuestConfig(lab.cluster.client, placeOf(state, seat));

  test("is a Proxmox pool: the seats leave it, and it can be deleted", async () => {
    const { state } = await lab.bring(inputs({ pool: "acme" }));
    expect(await membersOf(lab, "acme")).toBe("20000,20001");
    const after = await lab.bring(inputs(), state);
    expect([after.unfinished, after.state.pool]).toEqual([undefined, undefined]);
    await deletePool(lab.cluster.client, "acme");
    expect(lab.diff(inputs(), after.state).changes).toEqual([]);
  });

  test("is a Proxmox pool, and a run that did not come so far leaves it to the next one", async () => {
    const { state } = await lab.bring(inputs({ pool: "acme" }));
    const hook = {
      before: (step: string) =>
        step === "leave pool" ? Promise.reject(new Error("cut off")) : Promise.resolve(),
      after: () => Promise.resolve(),
    };
    const cut = await lab.bring(inputs(), state, { hook });
    expect(cut.unfinished?.map(({ item }) => item)).toEqual(["ada", "grace"]);
    const again = await lab.bring(inputs(), cut.state);
    expect([again.unfinished, await membersOf(lab, "acme")]).toEqual([undefined, ""]);
    expect(lab.diff(inputs(), again.state).changes).toEqual([]);
  });

  test("is a Proxmox pool, and a token that may not take seats out of it is refused before any change", async () => {
    const { state } = await lab.bring(inputs({ pool: "acme" }));
    const lines = [
      "pveum role add Most --privs 'VM.Allocate VM.Audit VM.Config.CPU VM.Config.Disk VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options Sys.Audit'",
      "pveum user add tutor@pve",
      "pveum acl modify / --users tutor@pve --roles Most",
      "pveum user token add tutor@pve classes --privsep 0",
    ];
    const token = await typeLines(lab, lines.join("\n"), "tutor");
    await lab.cluster.reconnect({ token });
    const wanted = inputs({ hardware: { cores: 2 } });
    const says = /the token lacks Pool\.Allocate on \/pool\/acme.*\[pool\.rights\]/;
    await expect(lab.preview(wanted, state)).rejects.toThrow(says);
    await expect(lab.bring(wanted, state)).rejects.toThrow(says);
    await lab.cluster.reconnect();
    expect((await configOf(state, "ada")).values["cores"]).not.toBe("2");
    const nobodys = inputs({ pool: "nobodys", hardware: { cores: 2 } });
    await expect(lab.bring(nobodys, state)).rejects.toThrow(/has no such pool.*\[pool\.no-pool\]/);
  });

  test("is a Proxmox pool: the copies of a generation leave it too", async () => {
    const { state } = await lab.bring(poolInputs(base, { roster: ["teacher"] }));
    const published = { number: 2, source: placeOf(state, "teacher").vmid };
    const made = await lab.generation({ ...published, pool: "acme" });
    expect(await membersOf(lab, "acme")).toBe("20099");
    const { pool } = await lab.changeGeneration(made, published);
    expect([pool, await membersOf(lab, "acme")]).toEqual([undefined, ""]);
  });

  test("are tags: others come in their place, and those that somebody gave by hand stay", async () => {
    const { state } = await lab.bring(inputs({ tags: ["spring"] }));
    const { tags } = await configOf(state, "ada");
    await putGuestConfig(lab.cluster.client, placeOf(state, "ada"), { tags: [...tags, "by-hand"].join(";") });
    const after = await lab.bring(inputs({ tags: ["autumn"] }), state);
    const own = tags.filter((tag) => tag !== "spring");
    expect((await configOf(after.state, "ada")).tags).toEqual([...own, "autumn", "by-hand"].sort());
    expect((await configOf(after.state, "grace")).tags).toEqual([...own, "autumn"].sort());
  });

  test("are values for cloud-init: the machines lose those, and keep what somebody set beside them", async () => {
    const { state } = await lab.bring(inputs({ cloudInit: { user: "student", nameserver: "10.0.0.1" } }));
    await putGuestConfig(lab.cluster.client, placeOf(state, "ada"), { searchdomain: "by.hand" });
    const fewer = await lab.bring(inputs({ cloudInit: { user: "student" } }), state);
    const { values } = await configOf(fewer.state, "ada");
    expect([values["ciuser"], values["nameserver"], values["searchdomain"]]).toEqual([
      "student",
      undefined,
      "by.hand",
    ]);
    const none = await lab.bring(inputs(), fewer.state);
    const left = (await configOf(none.state, "grace")).values;
    expect([left["ciuser"], left["ipconfig0"]]).toEqual([undefined, base.config["ipconfig0"]]);
  });
});
