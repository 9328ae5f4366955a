import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../start/start-emulator.ts";
import { volumes } from "../storage/volumes/volumes.ts";

let emulator: Emulator;
let agent: Agent;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, controlPort: 0 });
  agent = new Agent({ ca: emulator.ca, keepAlive: true });
});

afterEach(async () => {
  agent.destroy();
  await emulator.stop();
});

async function api(
  method: string,
  path: string,
  params: Record<string, string> = {},
): Promise<{ status: number; reason: string; data: unknown }> {
  const form = new URLSearchParams(params).toString();
  const hasBody = method === "POST" || method === "PUT";
  const target = new URL(`/api2/json${path}${hasBody || form === "" ? "" : `?${form}`}`, emulator.url);
  const headers = {
    authorization: `PVEAPIToken=${emulator.token.id}=${emulator.token.secret}`,
    ...(hasBody ? { "content-length": Buffer.byteLength(form) } : {}),
  };
  return await new Promise((resolve, reject) => {
    const sent = request(target, { method, agent, headers }, (response) => {
      void text(response).then((body) => {
        const parsed: { data?: unknown } = body === "" ? {} : JSON.parse(body);
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? "",
          data: parsed.data,
        });
      }, reject);
    });
    sent.on("error", reject);
    sent.end(hasBody ? form : undefined);
  });
}

async function create(vmid: number): Promise<string | undefined> {
  const { data } = await api("POST", "/nodes/pve1/qemu", {
    vmid: String(vmid),
    scsi0: "local:1,format=qcow2",
  });
  const task = emulator.cluster.tasks.find(String(data));
  await task?.done;
  return task?.exitStatus;
}

describe("the control", () => {
  test("counts requests by route, tasks by type, processes by name, and what is not there", async () => {
    emulator.control.resetCounters();
    await create(100);
    await api("GET", "/nodes/pve1/nothing");
    await emulator.shell("pve1", "qm list >/dev/null; qemu-img create -q -f raw /tmp/x 1K");
    expect(emulator.control.counters()).toMatchObject({
      requests: { "POST /nodes/{node}/qemu": 1 },
      tasks: { qmcreate: 1 },
      processes: { qm: 1, "qemu-img": 2 },
      notThere: { "GET /nodes/pve1/nothing": 1 },
    });
  });

  test("goes back to before a node's first shell without taking what pmxcfs itself has", async () => {
    await emulator.control.save("fresh");
    const where = "readlink -f /etc/pve/local /etc/pve/qemu-server";
    const { stdout } = await emulator.shell("pve1", where);
    expect(stdout).toBe("/etc/pve/nodes/pve1\n/etc/pve/nodes/pve1/qemu-server\n");
    await emulator.control.restore("fresh");
    expect((await emulator.shell("pve1", where)).stdout).toBe(stdout);
  });

  test("finds nothing wrong after a story that went well", async () => {
    expect(await create(100)).toBe("OK");
    expect(await emulator.control.check()).toEqual([]);
  });

  test("names a lost disk, an orphan, a wrong size and a leftover lock", async () => {
    await create(100);
    await create(101);
    const all = volumes(emulator.cluster);
    const node = emulator.cluster.firstNode;
    rmSync(all.path(node, "local:100/vm-100-disk-0.qcow2"));
    await all.allocate(node, "local", { vmid: 300, format: "raw", sizeBytes: 1024 });
    await all.resize(node, "local:101/vm-101-disk-0.qcow2", 2 * 1024 ** 3);
    emulator.cluster.files.write("nodes/pve1/qemu-server/400.conf", "lock: create\n");
    expect(await emulator.control.check()).toEqual([
      "guest 100, scsi0: 'local:100/vm-100-disk-0.qcow2' does not exist",
      "guest 101, scsi0: the config says 1G, the image has 2147483648 bytes",
      "no guest names 'local:300/vm-300-disk-0.raw' of node pve1",
      "guest 400 is still locked (create)",
    ]);
  });

  test("puts a kept state back, disks and running guests included, also under open shells", async () => {
    await create(100);
    const images = "/var/lib/vz/images/100/vm-100-disk-0.qcow2 | wc -l; ls /mnt/pve/nas/images/9000";
    const script = `qemu-img snapshot -l ${images} /etc/pve/qemu-server`;
    const before = await emulator.shell("pve1", script);
    await emulator.control.save("before");
    await create(101);
    await emulator.shell("pve1", "qemu-img snapshot -c s1 /var/lib/vz/images/100/vm-100-disk-0.qcow2");
    await api("POST", "/nodes/pve1/qemu/100/status/start");
    for (const round of [1, 2]) {
      await emulator.control.restore("before");
      expect([round, await emulator.shell("pve1", script)]).toEqual([round, before]);
      expect((await api("GET", "/nodes/pve1/qemu/100/status/current")).data).toMatchObject({
        status: "stopped",
      });
      expect(await emulator.control.check()).toEqual([]);
    }
    const image = volumes(emulator.cluster).path(emulator.cluster.firstNode, "local:100/vm-100-disk-0.qcow2");
    expect(execFileSync("qemu-img", ["check", image], { encoding: "utf8" })).toContain(
      "No errors were found",
    );
  });

  test("gives a node a certificate that no client trusts, until a kept state is put back", async () => {
    await emulator.control.save("before");
    emulator.control.changeCertificate("pve1");
    await expect(api("GET", "/version")).rejects.toThrow(/unable to verify|self-signed|signature/);
    await emulator.control.restore("before");
    agent.destroy();
    expect((await api("GET", "/version")).status).toBe(200);
  });

  test("sets a node's clock wrong: it dates its tasks by it, and a ticket from its future is none", async () => {
    const hour = 3_600_000;
    emulator.control.setNode("pve1", { clockSkewMs: hour });
    await create(100);
    const [task] = emulator.cluster.tasks.of("pve1");
    expect((task?.startTime ?? 0) * 1000 - Date.now()).toBeGreaterThan(hour - 60_000);
    const login = { username: "root@pam", password: emulator.rootPassword };
    const { data } = await api("POST", "/access/ticket", login);
    // as: this route answers an object with a ticket.
    const { ticket } = data as { ticket: string };
    const again = { username: "root@pam", password: ticket };
    expect((await api("POST", "/access/ticket", again)).status).toBe(200);
    emulator.control.setNode("pve1", { clockSkewMs: 0 });
    expect((await api("POST", "/access/ticket", again)).status).toBe(401);
  });

  test("makes a create fail as the genuine node does, with what it leaves behind", async () => {
    emulator.control.faults.add({ match: { task: "qmcreate" }, effect: { kind: "no-worker" }, times: 1 });
    expect(await api("POST", "/nodes/pve1/qemu", { vmid: "100" })).toMatchObject({
      status: 500,
      reason: "got no worker upid - start worker failed",
    });
    expect(emulator.cluster.files.read("nodes/pve1/qemu-server/100.conf")).toBe("lock: create\n");
    expect(await emulator.control.check()).toEqual(["guest 100 is still locked (create)"]);
    await emulator.shell("pve1", "qm unlock 100 && qm destroy 100");
    expect(await create(100)).toBe("OK");
  });

  test("fills a storage up", async () => {
    emulator.control.faults.add({ match: { storage: "local" }, effect: { kind: "storage", state: "full" } });
    expect(await create(100)).toContain("No space left on device");
    expect(await emulator.control.check()).toEqual([]);
  });
});

describe("the control port", () => {
  async function ask(
    method: string,
    path: string,
    body?: unknown,
    token = emulator.controlServer?.token,
  ): Promise<[number, unknown]> {
    const answer = await fetch(`${emulator.controlServer?.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [answer.status, await answer.json()];
  }

  test("does what the control does", async () => {
    expect(
      await ask("POST", "/faults", { effect: { kind: "answer", status: 500, reason: "planned" }, times: 1 }),
    ).toEqual([200, { id: 1 }]);
    expect(await api("GET", "/version")).toMatchObject({ status: 500, reason: "planned" });
    expect(await api("GET", "/version")).toMatchObject({ status: 200 });
    expect(await ask("GET", "/check")).toEqual([200, []]);
    expect(await ask("POST", "/snapshots/one")).toEqual([200, null]);
    expect(await ask("PUT", "/snapshots/one")).toEqual([200, null]);
  });

  test("wants its own token and says what it does not know", async () => {
    expect((await ask("GET", "/counters", undefined, "guess"))[0]).toBe(401);
    expect((await ask("GET", "/nothing"))[0]).toBe(404);
    expect(await ask("POST", "/faults", { effect: { kind: "explode" } })).toMatchObject([
      400,
      { error: expect.stringContaining("effect.kind") },
    ]);
    expect((await ask("PUT", "/nodes/nowhere", { online: false }))[0]).toBe(400);
    expect((await ask("POST", "/snapshots/..%2Fx"))[0]).toBe(400);
    expect((await ask("POST", "/clock", { ms: 1 }))[0]).toBe(400);
  });
});
