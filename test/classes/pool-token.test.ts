import { type BaseGenerationState, type OverlayPoolInputs, unknownValue } from "@coppice/core";
import { putGuestConfig, text, waitForTask } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { baseOf, ClassLab, poolInputs } from "./class-lab.ts";
import { membersOf, tenantLines, typeLines } from "./pool-token.ts";

const pool = "acme";
const roster = ["teacher", "ada", "grace"];
const methods = ["overlay", "linked"] as const;

describe.each(["8.4", "9.2"] as const)("with a token for one Proxmox pool, on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  let token: string;
  let first: BaseGenerationState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 2, pve });
    token = await typeLines(lab, await tenantLines());
    await lab.cluster.reconnect({ token });
    first = await lab.generation({ pool });
    await lab.cluster.control.save("granted");
  });
  beforeEach(async () => {
    await lab.cluster.restore("granted");
    await lab.cluster.reconnect({ token });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const onNode = (command: string) => lab.cluster.shell("pve1", command);
  const left = () => onNode("ls -A /mnt/pve/nas/images; ls /etc/pve/nodes/*/qemu-server | grep conf");
  const inputs = (more: Partial<OverlayPoolInputs> = {}) =>
    poolInputs(first, { roster, pool, dataDisk: { size: "1GiB" }, cloudInit: { user: "student" }, ...more });

  describe.each(methods)("by '%s'", (method) => {
    test("a class is made as the pool's, previewed alike, started, and grows", async () => {
      const wanted = inputs({ method, start: "after-create" });
      const { outputs } = await lab.preview(wanted);
      const { state, unfinished, context } = await lab.bring(wanted);
      expect([unfinished, context.warnings]).toEqual([undefined, []]);
      const places = Object.entries(state.seats).map(([seat, { vmid, node }]) => [
        seat,
        { vmid, node, mac: unknownValue },
      ]);
      expect(outputs["seats"]).toEqual(Object.fromEntries(places));
      expect(new Set(Object.values(state.seats).map(({ node }) => node)).size).toBe(2);
      expect(await membersOf(lab, pool)).toBe("20000,20001,20002");
      const shown = await onNode("cat /etc/pve/nodes/*/qemu-server/2000[0-2].conf");
      expect(shown.match(/^tags: coppice;cp-[0-9a-f]{10}$/gm)).toHaveLength(3);
      const more = await lab.bring({ ...wanted, roster: [...roster, "hedy"] }, state);
      expect(more.unfinished).toBeUndefined();
      expect(
        lab.diff({ ...wanted, roster: [...roster, "hedy"] }, await lab.read(more.state)).changes,
      ).toEqual([]);
    });

    test("a generation out of the teacher's machine is a member too; seats are reset to it, and all leaves", async () => {
      const made = await lab.bring(inputs({ method }));
      const second = await lab.generation({ number: 2, source: 20_000, pool });
      expect(await membersOf(lab, pool)).toBe("20000,20001,20002,20099");
      const publish = {
        policy: "reset",
        running: "stop",
        undoFor: "0s",
        policyOf: { teacher: "keep" },
      } as const;
      const base = baseOf(second);
      const wanted = inputs({ method, base, publish, reset: { grace: "once" } });
      const published = await lab.bring(wanted, made.state);
      expect([published.unfinished, published.context.warnings]).toEqual([undefined, []]);
      expect(lab.diff(wanted, await lab.read(published.state)).changes).toEqual([]);
      await lab.destroy(published.state);
      await lab.removeGeneration(second);
      expect([await left(), await membersOf(lab, pool)]).toEqual(["9000\n9000.conf\n", ""]);
      expect(await lab.cluster.control.check()).toEqual([]);
    });

    const taken: readonly (readonly [role: string, privilege: string, path: string])[] = [
      ...["Allocate", "Audit", "Config.CPU", "Config.Disk", "Config.HWType", "Config.Memory"].map(onPool),
      ...["Config.Network", "Config.Options", "PowerMgmt"].map(onPool),
      ["CoppiceMemberStorage", "Datastore.Audit", "/storage/nas"],
      ["CoppiceMemberStorage", "Datastore.AllocateSpace", "/storage/nas"],
      ["CoppiceMemberBridge", "SDN.Use", "/sdn/zones/localnetwork/vmbr0"],
      ...(method === "linked" ? [["CoppiceTemplate", "VM.Clone", "/vms/9000"] as const] : []),
    ];
    test("without any one of its rights it is refused by name before any change", async () => {
      for (const [role, privilege, path] of taken) {
        const giveBack = await takeAway(role, privilege);
        await expect(lab.bring(inputs({ method, start: "after-create" })), privilege).rejects.toThrow(
          new RegExp(`the token lacks ${privilege} on (?:/vms or )?${path}[.]`),
        );
        expect(changes()).toEqual([]);
        await giveBack();
      }
    });
  });

  test("without one of its rights no generation is begun out of a machine", async () => {
    const { state } = await lab.bring(inputs());
    for (const name of ["Allocate", "Clone", "Config.Disk", "Config.Options"]) {
      const [role, privilege] = onPool(name);
      const giveBack = await takeAway(role, privilege);
      const making = lab.generation({ number: 2, source: state.seats["ada"]?.vmid, pool });
      await expect(making).rejects.toThrow(`the token lacks ${privilege} on /vms`);
      expect(changes()).toEqual([]);
      await giveBack();
    }
  });

  test("a token that lost its rights removes nothing and forgets nothing", async () => {
    const { state } = await lab.bring(inputs());
    await onNode("pveum acl delete /pool/acme --users acme@pve --roles CoppiceMembers");
    lab.cluster.control.resetCounters();
    await expect(lab.destroy(state)).rejects.toThrow(
      /lacks VM\.Audit on \/vms or \/pool\/acme; VM\.Allocate on/,
    );
    await expect(lab.read(state)).rejects.toThrow(/VM\.Audit on \/vms or \/pool\/acme/);
    expect(changes()).toEqual([]);
  });

  test("a machine that somebody took out of the pool is not taken for gone; one that is removed is", async () => {
    const { state } = await lab.bring(inputs());
    await onNode("pvesh set /pools --poolid acme --vms 20001 --delete 1");
    lab.cluster.control.resetCounters();
    const says =
      /whether machine 20001 of class 'lab' is still there: the numbers? .* outside of pool 'acme'/;
    await expect(lab.read(state)).rejects.toThrow(says);
    await expect(lab.bring(inputs(), state)).rejects.toThrow(says);
    expect(changes()).toEqual([]);
    await lab.cluster.shell(state.seats["ada"]?.node ?? "", "qm destroy 20001");
    const again = await lab.bring(inputs(), state);
    expect([again.unfinished, Object.keys(again.state.seats)]).toEqual([undefined, roster]);
  });

  test("tags in a create are refused by Proxmox itself: the machine is the pool's at the end only", async () => {
    const { client } = lab.cluster;
    const create = (more: object) =>
      client.post("/nodes/pve1/qemu", { params: { vmid: 20_000, pool, memory: 512, ...more }, parse: text });
    const tagged = waitForTask(client, await create({ tags: "coppice" }));
    await expect(tagged).rejects.toThrow("Permission check failed (/vms/20000, VM.Config.Options)");
    await waitForTask(client, await create({}));
    await putGuestConfig(client, { node: "pve1", vmid: 20_000 }, { tags: "coppice" });
  });

  test("method 'bulk' is refused with the reason", async () => {
    await expect(lab.bring(poolInputs(first, { roster, pool, method: "bulk" }))).rejects.toThrow(
      /'method' is "bulk", which writes machines as files, and .* end at pool 'acme'.* Set 'method' to "overlay"/,
    );
    expect(changes()).toEqual([]);
  });

  /** Takes one privilege out of a role; answers how to give it back. */
  async function takeAway(role: string, privilege: string): Promise<() => Promise<unknown>> {
    const line = (await onNode(`grep ^role:${role}: /etc/pve/user.cfg`)).split(":")[2] ?? "";
    const kept = line.split(",").filter((each) => each !== privilege);
    expect(kept).toHaveLength(line.split(",").length - 1);
    const modify = (names: readonly string[]) =>
      onNode(`pveum role modify ${role} --privs '${names.join(" ")}'`);
    await modify(kept);
    lab.cluster.control.resetCounters();
    return () => modify([...kept, privilege]);
  }

  function changes(): string[] {
    const { requests, tasks } = lab.cluster.control.counters();
    return [...Object.keys(requests).filter((name) => !name.startsWith("GET ")), ...Object.keys(tasks)];
  }
});

function onPool(name: string): readonly [string, string, string] {
  return ["CoppiceMembers", `VM.${name}`, "/pool/acme"];
}
