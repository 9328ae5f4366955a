import { expect, test } from "vitest";
import { parseConfigLine } from "./drive.ts";
import { driveSize } from "./drive-size.ts";

test.each([
  ["nas:9000/base-9000-disk-0.qcow2,size=8G,ssd=1", 8 * 2 ** 30],
  ["nas:9000/base-9000-disk-1.raw,efitype=4m,size=528K", 540_672],
  ["nas:9000/base-9000-disk-2.raw,size=4194304,version=v2.0", 4_194_304],
  ["nas:9000/base-9000-disk-3.qcow2,size=1.5T", 1.5 * 2 ** 40],
  ["none,media=cdrom", 0],
])("the size of %s", (line, size) => {
  expect(driveSize(parseConfigLine(line))).toBe(size);
});

test("a size that nobody can read is no size of nothing", () => {
  expect(() => driveSize({ options: ["size=8X"] })).toThrow("'8X' cannot be read");
});
