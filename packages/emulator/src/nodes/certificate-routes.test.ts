import { expect, test } from "vitest";
import { startEmulator } from "../start/start-emulator.ts";

test("a node tells its certificates: the authority's, and its own with every name that it answers to", async () => {
  await using emulator = await startEmulator({ nodes: 1, seed: "bare" });
  const { stdout } = await emulator.shell(
    "pve1",
    "pvesh get /nodes/pve1/certificates/info --output-format json",
  );
  const authority = "/CN=Proxmox Virtual Environment/OU=emulated by coppice/O=PVE Cluster Manager CA";
  expect(JSON.parse(stdout)).toMatchObject([
    { filename: "pve-root-ca.pem", subject: authority, issuer: authority, san: [] },
    { filename: "pve-ssl.pem", issuer: authority, san: expect.arrayContaining(["pve1", "127.0.0.1"]) },
  ]);
});
