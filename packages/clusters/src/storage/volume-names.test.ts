import { expect, test } from "vitest";
import { baseIn, volumeKey } from "./volume-names.ts";

test.each([
  ["nas:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2", "nas:vm-20000-disk-0.qcow2", 9000],
  ["nas:20000/vm-20000-disk-0.qcow2", "nas:vm-20000-disk-0.qcow2", undefined],
  ["nas:9000/base-9000-disk-0.qcow2", "nas:base-9000-disk-0.qcow2", undefined],
  ["thin:base-9000-disk-0/vm-20000-disk-0", "thin:vm-20000-disk-0", 9000],
  ["thin:vm-20000-disk-0", "thin:vm-20000-disk-0", undefined],
])("%s is %s, on %s", (volume, key, base) => {
  expect([volumeKey(volume), baseIn(volume)]).toEqual([key, base]);
});
