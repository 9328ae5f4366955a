import { existsSync } from "node:fs";
import { request } from "node:https";
import { describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "./start-emulator.ts";

/** Sends a request to the first node and settles when its connection is over, whatever became of it. */
function post(emulator: Emulator, path: string, form: string): Promise<void> {
  const { id, secret } = emulator.token;
  const headers = {
    Authorization: `PVEAPIToken=${id}=${secret}`,
    "Content-Type": "application/x-www-form-urlencoded",
  };
  return new Promise((resolve) => {
    const call = request(`${emulator.url}/api2/json/nodes/pve1/${path}`, {
      method: "POST",
      headers,
      ca: emulator.ca,
    });
    call.on("response", (response) => response.resume());
    call.on("error", () => resolve());
    call.on("close", () => resolve());
    call.end(form);
  });
}

describe("stopping an emulator", () => {
  test("with creates and allocations in flight ends them all, and its folder stays away", async () => {
    const emulator = await startEmulator({ nodes: 1 });
    const { cluster } = emulator;
    const calls = Array.from({ length: 20 }, (_, index) => 100 + index).flatMap((vmid) => [
      post(emulator, "qemu", `vmid=${vmid}&scsi0=local:1`),
      post(
        emulator,
        "storage/local/content",
        `vmid=${vmid}&filename=vm-${vmid}-disk-9.qcow2&size=1M&format=qcow2`,
      ),
    ]);
    await new Promise<void>((resolve) => {
      const stopWatching = cluster.files.onChange(() => {
        stopWatching();
        resolve();
      });
    });
    await emulator.stop();
    await Promise.all(calls);
    expect(cluster.tasks.running()).toEqual([]);
    expect(existsSync(cluster.data)).toBe(false);
  });

  test("leaves a cluster that refuses tasks and changes of its files", async () => {
    const { cluster, stop } = await startEmulator({ nodes: 1 });
    await stop();
    const identity = { userid: "root@pam", authid: "root@pam", isRoot: true };
    const subject = { node: cluster.firstNode, identity, type: "qmstart", id: "100" };
    await expect(cluster.tasks.start(subject, async () => {})).rejects.toThrow("has stopped");
    expect(() => cluster.firstNode.files.write("user.cfg", "x")).toThrow("has stopped");
    expect(existsSync(cluster.data)).toBe(false);
  });
});
