import { expect, test } from "vitest";
import { seatTable } from "./seat-table.ts";

test("seats stand in columns under their headings", () => {
  const seat = { vmid: 20_001, node: "pve2", size: 12_288, sees: 2 ** 31, backing: "../9000/base.qcow2" };
  expect(seatTable([{ seat: "ada", ...seat }])).toEqual([
    "seat  vmid   node  on disk  guest sees  stands on",
    "ada   20001  pve2  12 KiB   2 GiB       ../9000/base.qcow2",
  ]);
});
