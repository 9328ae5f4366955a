import { type NodeOrder, runOrders, storageOrders } from "@coppice/clusters";
import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { powerGuest, putGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Called, ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { recover, troubleAt, troubles } from "./crash-faults.ts";
import { membersOf } from "./pool-token.ts";

const images = "/var/lib/vz/images";
const node = "pve1";
const [first, third] = [20_000, 20_002];

let lab: ClassLab;
let made: Called;
let inputs: OverlayPoolInputs;
const state = (): OverlayPoolState => made.state;
const shell = (script: string) => lab.cluster.shell(node, script);
const counted = () => lab.cluster.control.counters();

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 2 });
  await shell("pveum pool add lab; pveum pool add other");
  const base = await lab.generation({ storage: "local", nodes: [node] });
  await lab.cluster.control.save("generation");
  const roster = ["ada", "grace", "joan"];
  inputs = poolInputs(base, { roster, method: "bulk", nodes: [node], pool: "lab" });
  made = await lab.bring(inputs);
  await lab.cluster.control.save("class");
}, 60_000);
beforeEach(async () => {
  await lab.cluster.restore("class");
  await lab.cluster.reconnect();
  lab.cluster.control.resetCounters();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** What is left of the class: numbers, files, members of its pool. */
async function left(): Promise<string> {
  return await shell(
    `cd /etc/pve/qemu-server; ls 2000?.conf 2>/dev/null; ls -d ${images}/2000? 2>/dev/null; grep -o '^pool:lab:[^:]*:[^:]*' /etc/pve/user.cfg`,
  );
}
const nothing = "pool:lab::\n";

describe("a class that leaves its node", () => {
  test("is gone without a task and without a call for each machine, its pool left in one", async () => {
    await lab.destroy(state());
    expect(await left()).toBe(nothing);
    expect(counted().tasks).toEqual({});
    const calls = Object.entries(counted().requests).map(([call, times]) => `${times} ${call}`);
    expect(calls.sort()).toEqual([
      "1 GET /access/permissions",
      "1 GET /cluster/options",
      "1 GET /cluster/resources",
      "1 GET /cluster/status",
      "1 GET /nodes",
      "1 PUT /pools",
    ]);
  });

  test("is stopped before, where it runs", async () => {
    await powerGuest(lab.cluster.client, { node, vmid: first }, "start");
    await lab.cluster.control.tellStatus();
    await lab.destroy(state());
    expect([await left(), counted().tasks]).toEqual([nothing, { qmstart: 1, qmstop: 1 }]);
  });

  test("is stopped and removed by Proxmox where Proxmox did not say yet that it runs", async () => {
    await powerGuest(lab.cluster.client, { node, vmid: first }, "start");
    await lab.destroy(state());
    expect([await left(), counted().tasks]).toEqual([nothing, { qmstart: 1, qmstop: 1, qmdestroy: 1 }]);
  });

  test("goes by Proxmox where the node cannot be asked, with a word", async () => {
    lab.cluster.control.faults.add({ effect: { kind: "ssh-refused" } });
    const { warnings } = await lab.destroy(state());
    expect(warnings[0]).toMatch(/could not be removed on pve1 itself: .*Proxmox's API removes them instead/);
    lab.cluster.control.faults.clear();
    expect([await left(), counted().tasks]).toEqual([nothing, { qmdestroy: 3 }]);
  });

  test("is named, and not handed to Proxmox, where its disks are taken and do not reach the storage", async () => {
    await shell(`mkdir -p /root/tools; echo 'PATH=/root/tools:$PATH' >/root/.bashrc
      printf '#!/bin/sh\\necho Input/output error; exit 1\\n' >/root/tools/sync; chmod +x /root/tools/sync`);
    const refusal = lab.destroy(state());
    await expect(refusal).rejects.toThrow(
      /^3 of 3 seats .* were not removed: .*its removal has begun, and sync failed: Input\/output error/,
    );
    await shell("rm -r /root/.bashrc /root/tools");
    expect(counted().tasks).toEqual({});
    await lab.destroy(state());
    expect([await left(), counted().tasks]).toEqual([nothing, {}]);
  });

  test("is removed by a second program where the connection breaks before the first has answered", async () => {
    lab.cluster.control.faults.add({ effect: { kind: "ssh-cut", afterBytes: 20_000 }, times: 1 });
    const { warnings } = await lab.destroy(state());
    expect([await left(), counted().tasks, warnings]).toEqual([nothing, {}, []]);
    expect(lab.cluster.control.faults.list()).toMatchObject([{ struck: 1 }]);
    lab.cluster.control.faults.clear();
  });

  test("leaves somebody else's machine on a recorded number alone, and says so", async () => {
    await putGuestConfig(
      lab.cluster.client,
      { node, vmid: first },
      { description: "mine now", tags: "mine" },
    );
    const { warnings } = await lab.destroy(state());
    expect(warnings).toEqual([
      expect.stringMatching(/^Guest 20000 .* does not carry its mark: it is left alone/),
    ]);
    expect(await left()).toBe(`20000.conf\n${images}/20000\npool:lab::20000\n`);
  });
});

describe("what is left to Proxmox goes with all that it had", () => {
  test.each([
    ["rights on its number", `pveum acl modify /vms/${first} --users root@pam --roles PVEVMUser`],
    ["a resource of HA", `pvesh create /cluster/ha/resources --sid vm:${first} --state stopped`],
    ["a backup job", `pvesh create /cluster/backup --schedule 1:00 --storage local --vmid ${first},100`],
    ["the membership of another pool", `pvesh set /pools/other --vms ${first} --allow-move 1`],
    ["firewall rules", `mkdir -p /etc/pve/firewall; echo '[RULES]' >/etc/pve/firewall/${first}.fw`],
    [
      "an unused disk",
      `echo 'unused0: local:${first}/vm-${first}-disk-9.qcow2' >>/etc/pve/qemu-server/${first}.conf; qemu-img create -q -f qcow2 ${images}/${first}/vm-${first}-disk-9.qcow2 1M`,
    ],
    ["a snapshot", `qm snapshot ${first} one`],
  ])("%s", async (_, prepare) => {
    await shell(prepare);
    await lab.cluster.control.settleHa();
    lab.cluster.control.resetCounters();
    await lab.destroy(state());
    expect([await left(), counted().tasks["qmdestroy"]]).toEqual([nothing, 1]);
    const traces = `grep -lrw ${first} /etc/pve/user.cfg /etc/pve/ha/*.cfg /etc/pve/jobs.cfg /etc/pve/firewall 2>/dev/null || true`;
    expect(await shell(traces)).toBe("");
  });

  test("the membership of the class's pool, where the token may not change it", async () => {
    const said = await shell(
      "pveum user add op@pve && pveum acl modify / --users op@pve --roles PVEVMAdmin,PVEDatastoreAdmin,PVEAuditor && " +
        "pveum user token add op@pve t1 --privsep 0",
    );
    const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(said)?.[0];
    await lab.cluster.reconnect({ token: `op@pve!t1=${secret}` });
    await lab.destroy(state());
    expect([await left(), counted().tasks]).toEqual([nothing, { qmdestroy: 3 }]);
  });

  test.each([
    ["protected", `qm set ${first} --protection 1`, "pve.protected"],
    ["locked", `echo 'lock: backup' >>/etc/pve/qemu-server/${first}.conf`, "pve.locked"],
  ])("but a %s one stays, named", async (_, prepare, code) => {
    await shell(prepare);
    const { state: next, unfinished } = await lab.bring({ ...inputs, roster: ["joan"] }, state());
    expect(unfinished).toMatchObject([{ item: "ada", code }]);
    expect(Object.keys(next.seats).sort()).toEqual(["ada", "joan"]);
    expect(await left()).toContain(`20000.conf\n20002.conf\n`);
  });

  test("one whose lock somebody holds is left to Proxmox, which waits for it", async () => {
    const lock = `/run/lock/qemu-server/lock-${first}.conf`;
    await shell(
      `mkdir -p /run/lock/qemu-server; (flock 9; sleep 30) 9>${lock} >/dev/null 2>&1 & until ! flock -n ${lock} true; do :; done`,
    );
    await lab.destroy(state());
    expect([await left(), counted().tasks]).toEqual([nothing, { qmdestroy: 1 }]);
    await shell(`fuser -k ${lock} >/dev/null 2>&1 || true`);
  });

  test("files that no configuration names are nobody's to remove: the number is not used again", async () => {
    await shell(`qemu-img create -q -f qcow2 ${images}/${first}/vm-${first}-disk-7.qcow2 1M`);
    await lab.destroy(state());
    expect(await left()).toBe(`${images}/20000\n${nothing}`);
    const { state: next, context } = await lab.bring(inputs);
    expect(placeOf(next, "ada").vmid).not.toBe(first);
    expect(context.warnings).toEqual([expect.stringContaining("20000")]);
  });
});

test("without quorum the program on the node touches nothing, whatever it is told", async () => {
  const before = await shell(`cd /etc/pve/qemu-server; cat 2000?.conf; ls ${images}/2000?`);
  const { mark } = await orders();
  await lab.cluster.control.expectVotes(9);
  const removals = (await orders()).removals;
  const answers = await runOrders(lab.cluster.connection, node, [
    ...storageOrders(mark, "local"),
    ["pool", "lab"],
    ...removals,
  ]);
  expect([...answers.values()].map(({ word }) => word)).toEqual(["fail", "fail", "fail"]);
  expect([...answers.values()][0]?.detail).toMatch(/^cannot open .*\/20000.conf: /);
  await lab.cluster.control.expectVotes(undefined);
  expect(await shell(`cd /etc/pve/qemu-server; cat 2000?.conf; ls ${images}/2000?`)).toBe(before);
  expect(counted().other["files:undone"]).toBeUndefined();
});

/** The orders by which the class's machines leave. */
async function orders(): Promise<{ readonly mark: string; readonly removals: NodeOrder[] }> {
  const lines = await shell(`cd /etc/pve/qemu-server; grep -h '^#coppice' 2000?.conf`);
  const own = lines.trim().split("\n");
  const mark = /%3A([0-9a-f]+)\//.exec(own[0] ?? "")?.[1] ?? "";
  return { mark, removals: own.map((line, index) => ["remove", `seat-${index}`, first + index, line]) };
}

describe("the pool of machines that are gone", () => {
  const cases = troubles
    .flatMap((trouble) =>
      trouble.strikes === undefined || trouble.strikes.test("leave pool lab")
        ? trouble.at.map((phase) => ({ trouble, phase, step: "leave pool lab" }))
        : [],
    )
    .filter(({ trouble }) => !/quorum|node goes/.test(trouble.name));

  test.each(cases.map((each) => [`${each.trouble.name} ${each.phase}`, each] as const))(
    "is left by the next run when this goes wrong: %s",
    async (_, each) => {
      const fewer = { ...inputs, roster: ["joan"] };
      const called = await lab.bring(fewer, state(), troubleAt(lab, each)).catch(() => undefined);
      await recover(lab);
      const again = await lab.bring(fewer, each.trouble.isDeath ? state() : (called?.state ?? state()));
      expect(again.unfinished).toBeUndefined();
      expect(await membersOf(lab, "lab")).toBe(String(third));
    },
  );

  test("another one that a freed number has come into since is nobody's to change", async () => {
    await shell(
      `rm /etc/pve/qemu-server/${first}.conf; pvesh set /pools/other --vms ${first} --allow-move 1`,
    );
    await lab.destroy(state());
    expect([await membersOf(lab, "lab"), await membersOf(lab, "other")]).toEqual(["", String(first)]);
  });
});

describe("what a former machine left is inherited by none of a class", () => {
  test.each([
    [
      "rights",
      `pveum acl modify /vms/${first} --users root@pam --roles PVEVMUser`,
      "rights are given on /vms/20000",
    ],
    ["HA", `pvesh create /cluster/ha/resources --sid vm:${first} --state stopped`, "HA names it"],
    [
      "a backup job",
      `pvesh create /cluster/backup --schedule 1:00 --storage local --exclude ${first} --all 1`,
      "a backup job names it",
    ],
  ])("%s: its number is passed over with a word, by every method", async (_, leave, why) => {
    // HA takes guests that exist only.
    await shell(`${leave}; rm /etc/pve/qemu-server/2000?.conf; rm -r ${images}/2000?`);
    for (const method of ["overlay", "bulk", "linked"] as const) {
      const { state: next, context } = await lab.bring({ ...inputs, method, pool: "lab" });
      const numbers = Object.values(next.seats).map(({ vmid }) => vmid);
      expect([method, numbers.includes(first), numbers.length]).toEqual([method, false, 3]);
      expect(context.warnings).toEqual([expect.stringContaining(`20000 (`)]);
      expect(context.warnings[0]).toContain(why);
      await lab.destroy(next);
    }
  });
});
