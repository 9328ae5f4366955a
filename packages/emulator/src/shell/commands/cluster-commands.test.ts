import { expect, test } from "vitest";
import { startEmulator } from "../../start/start-emulator.ts";

test("pvecm delnode takes a node out of the cluster and keeps its folder; an unknown one is refused", async () => {
  await using emulator = await startEmulator({ nodes: 3, seed: "bare" });
  const { cluster } = emulator;
  const before = cluster.membership?.configVersion ?? 0;
  cluster.files.write("nodes/pve3/qemu-server/100.conf", "memory: 64\n");
  expect(await emulator.shell("pve1", "pvecm delnode pve3")).toEqual({
    code: 0,
    stdout: "Killing node 3\n",
    stderr: "",
  });
  expect(cluster.membership?.members.map(({ name }) => name)).toEqual(["pve1", "pve2"]);
  expect(cluster.membership?.configVersion).toBe(before + 1);
  expect(cluster.files.read("nodes/pve3/qemu-server/100.conf")).toBe("memory: 64\n");
  expect(await emulator.shell("pve1", "pvecm delnode pve9")).toMatchObject({ code: 255, stdout: "" });
});
