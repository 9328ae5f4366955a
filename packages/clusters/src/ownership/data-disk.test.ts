import { expect, test } from "vitest";
import { parseConfigLine } from "../guests/drive.ts";
import { dataDiskLine, isDataDisk } from "./data-disk.ts";

test("the line of a data disk is known again, also as Proxmox writes it back", () => {
  expect(isDataDisk(parseConfigLine(dataDiskLine({ storage: "nas", sizeGiB: 4 })))).toBe(true);
  expect(isDataDisk(parseConfigLine("nas:20000/vm-20000-disk-1.qcow2,serial=coppice-data,size=4G"))).toBe(
    true,
  );
});

test.each(["serial=coppice-data2", "serial=coppice", "serial=my-coppice-data", "wwn=coppice-data"])(
  "a disk with %s is somebody else's",
  (option) => {
    expect(isDataDisk(parseConfigLine(`nas:20000/vm-20000-disk-1.qcow2,${option},size=4G`))).toBe(false);
  },
);
