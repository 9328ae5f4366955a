import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Amounts, addAmounts, noAmounts } from "../amounts/amounts.ts";
import { judgeQuota } from "../quota/judge-quota.ts";
import { type ClassContents, changeDemand, classDemand, seatsDemand } from "./class-demand.ts";
import { machineAmounts } from "./machine-amounts.ts";

const GIB = 2 ** 30;
const base = {
  storage: "nas",
  disks: [{ size: 8 * GIB }, { size: 540_672 }],
  config: { sockets: "2", cores: "2", memory: "2048" },
};
const OWN = 8 * GIB + 540_672;
const copies = { pve1: {}, pve2: {} };

describe("a class takes at its worst", () => {
  test("all its seats with full disks, its teacher, and the generations that are its own", () => {
    const contents: ClassContents = {
      pools: [
        {
          base,
          hardware: { cores: 4, memory: "3GiB" },
          dataDisk: { size: "1GiB", storage: "ssd" },
          seats: 25,
        },
        { base, hardware: { cores: 4, memory: "3GiB" }, seats: 1 },
      ],
      generations: [
        { owned: false, copies, disks: base.disks },
        { owned: true, copies, disks: base.disks },
      ],
    };
    expect(classDemand(contents)).toEqual({
      machines: 26 + 2,
      cores: 26 * 8,
      memory: 26 * 3 * GIB,
      storage: 26 * OWN + 25 * GIB + 2 * OWN,
    });
  });

  test("the disks that are kept for an undo, not the data disks beside them", () => {
    const seats = { base, dataDisk: { size: "1GiB" as const }, seats: 3 };
    const more = changeDemand(seatsDemand(seats), seatsDemand({ ...seats, kept: 2 }));
    expect(more).toEqual({ ...noAmounts, storage: 2 * OWN });
  });

  test("a spare machine of the template's own size, whose disks become one of those that are kept", () => {
    const seats = { base, hardware: { cores: 8 }, seats: 3 };
    const spare = { machines: 1, cores: 4, memory: 2 * GIB };
    const before = seatsDemand(seats);
    expect(changeDemand(before, seatsDemand({ ...seats, spares: 1 }))).toEqual({ ...spare, storage: OWN });
    expect(changeDemand(before, seatsDemand({ ...seats, spares: 1, kept: 3 }))).toEqual({
      ...spare,
      storage: 3 * OWN,
    });
  });

  test("as much as its machines one by one, as Proxmox lists them", () => {
    const sizes = fc.record({
      cores: fc.integer({ min: 1, max: 64 }),
      memory: fc.integer({ min: 1, max: 64 }),
      seats: fc.nat({ max: 30 }),
      copies: fc.nat({ max: 3 }),
    });
    fc.assert(
      fc.property(sizes, ({ cores, memory, seats, copies: count }) => {
        const hardware = { cores, memory: `${memory}GiB` as const };
        const nodes = Object.fromEntries(Array.from({ length: count }, (_, node) => [`pve${node}`, {}]));
        const generations = [{ owned: true, copies: nodes, disks: base.disks }];
        const seat = { template: false, cores: 2 * cores, memory: memory * GIB, storage: OWN };
        const template = { template: true, cores: 4, memory: 2 * GIB, storage: OWN };
        const listed = [...Array(seats).fill(seat), ...Array(count).fill(template)];
        expect(classDemand({ pools: [{ base, hardware, seats }], generations })).toEqual(
          addAmounts(...listed.map(machineAmounts)),
        );
      }),
    );
  });
});

describe("a change asks for", () => {
  test("all that there is to be, where there is nothing yet", () => {
    const after = seatsDemand({ base, seats: 2 });
    expect(changeDemand(undefined, after)).toEqual(after);
  });

  test("nothing where nothing changes, and then fits whatever is in use", () => {
    const same = seatsDemand({ base, seats: 25 });
    const asked = changeDemand(same, same);
    expect(asked).toEqual(noAmounts);
    const used: Amounts = { machines: 99, cores: 99, memory: 99, storage: 99 };
    const limits = { machines: 1, cores: 1, memory: 1, storage: 1 };
    expect(judgeQuota({ tenant: "acme", what: "class", limits, used, asked }).fits).toBe(true);
  });
});
