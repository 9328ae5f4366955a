import { describe, expect, test } from "vitest";
import { seatDemand } from "./seat-demand.ts";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const base = {
  storage: "nas",
  disks: [{ size: 8 * GIB }, { size: 540_672 }, { size: 4 * MIB }],
  config: { sockets: "2", cores: 2, memory: "2048" },
};
/** 8 GiB, 528 KiB of EFI variables and 4 MiB of a TPM's state: 8,589,934,592 + 540,672 + 4,194,304. */
const DISKS = 8_594_669_568;

describe("what a seat takes", () => {
  test("is its template's memory and processors, and all that its disks may grow to", () => {
    expect(seatDemand(base)).toEqual({ memory: 2 * GIB, processors: 4, disks: { nas: DISKS } });
  });

  test("counts the template's sockets when the class sets the cores of each", () => {
    expect(seatDemand(base, { hardware: { cores: 4 } }).processors).toBe(8);
    expect(seatDemand({ ...base, config: { cores: 2 } }, { hardware: { cores: 4 } }).processors).toBe(4);
  });

  test.each([
    [{ memory: "current=4096" }, 4 * GIB],
    [{ memory: 1024 }, GIB],
    [{}, 512 * MIB],
  ])("reads memory as Proxmox writes it: %j", (config, memory) => {
    expect(seatDemand({ ...base, config })).toMatchObject({ memory, processors: 1 });
  });

  test("is what the class wants, where it wants something", () => {
    expect(seatDemand(base, { hardware: { memory: "3GiB" } }).memory).toBe(3 * GIB);
  });

  test("has the data disk where it will be", () => {
    const onNas = seatDemand(base, { dataDisk: { size: "4GiB" } });
    expect(onNas.disks).toEqual({ nas: DISKS + 4 * GIB });
    const onSsd = seatDemand(base, { dataDisk: { size: "4GiB", storage: "ssd" } });
    expect(onSsd.disks).toEqual({ nas: DISKS, ssd: 4 * GIB });
  });
});
