import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../start/emulator-options.ts";
import { startEmulator } from "../start/start-emulator.ts";

const whole = `
storages:
  - { storage: fast, type: dir, path: /srv/fast, content: [images, iso] }
users:
  - userid: teacher@pve
    password: long-enough
pools:
  - poolid: lab
acl:
  - { path: /pool/lab, roles: PVEVMAdmin, users: teacher@pve }
guests:
  - { vmid: 9100, node: pve1, name: small, scsi0: "fast:1", template: true }
  - { vmid: 101, node: pve1, name: one, clone: 9100, pool: lab, start: true }
  - vmid: 102
    node: pve2
    cores: 2
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-seed-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function seedFile(text: string): string {
  const file = join(folder, "lab.yaml");
  writeFileSync(file, text);
  return file;
}

async function messageOf(options: EmulatorOptions): Promise<string> {
  const failure = await startEmulator({ nodes: 1, ...options }).then(
    async (emulator) => emulator.stop(),
    (error: unknown) => error,
  );
  return failure instanceof Error ? failure.message.replace(/^.*\/(lab\.yaml:)/, "$1") : "it started";
}

describe("planting a seed", () => {
  test("makes everything in it, in order, and nothing is left running or loose", async () => {
    await using pve = await startEmulator({ nodes: 2, seedFile: seedFile(whole) });
    const { files } = pve.cluster;
    expect(files.read("nodes/pve1/qemu-server/9100.conf")).toMatch(/^scsi0: fast:9100\/base-9100-disk-0/m);
    expect(files.read("nodes/pve1/qemu-server/101.conf")).toContain("base-9100-disk-0");
    expect(files.read("nodes/pve2/qemu-server/102.conf")).toContain("cores: 2");
    expect(files.read("user.cfg")).toMatch(/^pool:lab::101:/m);
    expect(files.read("user.cfg")).toContain("acl:1:/pool/lab:teacher@pve:PVEVMAdmin:");
    expect(files.read("nodes/pve1/qemu-server/9000.conf")).toBeDefined();
    expect(await pve.control.check()).toEqual([]);
    expect(pve.control.counters().requests).toEqual({});
  });

  test("happens once for a data folder: what was removed since stays away", async () => {
    const options = {
      nodes: 1,
      data: join(folder, "data"),
      seedFile: seedFile("bare: true\npools:\n  - poolid: lab\n"),
    };
    const first = await startEmulator(options);
    expect(first.cluster.files.read("user.cfg")).toContain("pool:lab:");
    expect(first.cluster.files.read("nodes/pve1/qemu-server/9000.conf")).toBeUndefined();
    first.cluster.files.write(
      "user.cfg",
      (first.cluster.files.read("user.cfg") ?? "").replace(/^pool:lab.*\n/m, ""),
    );
    await first.stop();
    await using second = await startEmulator(options);
    expect(second.cluster.files.read("user.cfg")).not.toContain("pool:lab");
  });

  test.each([
    ["guests:\n  - vmid: 1\n    node: pve1\n", /^lab\.yaml:2:11: guest '1' was refused: vmid: .*valid VM ID/],
    ["guests:\n  - node: pve1\n", /^lab\.yaml:2:5: this guest has no 'vmid'/],
    ["guests:\n  - vmid: 100\n", /^lab\.yaml:2:5: this guest has no 'node'/],
    [
      "guests:\n  - vmid: 100\n    node: pve1\n    core: 2\n",
      /^lab\.yaml:4:11: 'core' is no option of a guest: did you mean 'cores'\?/,
    ],
    [
      "guests:\n  - vmid: 100\n    node: pve1\n    cores: many\n",
      /^lab\.yaml:4:12: guest '100' was refused: cores: /,
    ],
    [
      "guests:\n  - vmid: 100\n    node: pve1\n    clone: 7\n",
      /^lab\.yaml:4:12: there is no guest 7 to clone/,
    ],
    [
      "guests:\n  - {vmid: 100, node: pve1, scsi0: 'gone:4'}\n",
      /^lab\.yaml:2:5: guest '100' was refused: .*gone/,
    ],
    ["users:\n  - userid: x@nowhere\n", /^lab\.yaml:2:\d+: user 'x@nowhere' was refused: /],
  ])("refuses %j by its line", async (text, message) => {
    expect(await messageOf({ seedFile: seedFile(text) })).toMatch(message);
  });

  test("a seed file that is not there is named", async () => {
    expect(await messageOf({ seedFile: join(folder, "none.yaml") })).toMatch(
      /seed file .*none\.yaml cannot be read: it does not exist/,
    );
  });
});
