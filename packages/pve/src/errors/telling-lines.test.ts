import { expect, test } from "vitest";
import { tellingLines } from "./telling-lines.ts";

const ended = "start failed: QEMU exited with code 1";
const script = "network script /usr/libexec/qemu-server/pve-bridge failed with status 512";
const base =
  "Could not open backing file: Could not open '/var/lib/vz/images/1/../9/base-9-disk-0.qcow2': No such file";

test.each([
  [
    "a bridge that is not there",
    ["bridge 'vmbr7' does not exist", `kvm: -netdev type=tap,id=net0,ifname=tap900i0: ${script}`],
    ["bridge 'vmbr7' does not exist", script],
  ],
  [
    "a base that is not there, said on 9.2",
    [`kvm: -blockdev {"driver":"throttle","file":{"driver":"qcow2"}}: ${base}`],
    [base],
  ],
  [
    "no virtualisation",
    ["generating cloud-init ISO", "kvm: Could not access KVM kernel module: Permission denied"],
    ["kvm: Could not access KVM kernel module: Permission denied"],
  ],
  ["what nobody has seen before", ["generating cloud-init ISO", "the moon is full"], ["the moon is full"]],
  ["nothing", [], []],
])("tell of %s, without the options and the task's own last line", (_, log, told) => {
  expect(tellingLines(ended, [...log, `TASK ERROR: ${ended}`])).toEqual(told);
});

test("tell why a migration was aborted", () => {
  const log = [
    "starting migration",
    "ERROR: migration aborted (duration 00:00:00): can't migrate VM",
    "aborting",
  ];
  expect(tellingLines("migration aborted", log)).toEqual([log[1]]);
});

test("are asked for only where the exit status is a number, are few, and short", () => {
  const log = ["error 1", "error 2", "error 3", `error ${"4".repeat(500)}`];
  expect(tellingLines("VM is locked (backup)", log)).toEqual([]);
  const told = tellingLines("command 'qemu-img create' failed: exit code 1", log);
  expect(told.map((line) => line.length)).toEqual([7, 7, 200]);
});
