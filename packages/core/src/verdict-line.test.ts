import { expect, test } from "vitest";
import type { ClassVerdict } from "./verdict.ts";
import { parseVerdictLine, verdictLine } from "./verdict-line.ts";

const verdict: ClassVerdict = {
  seats: [
    { seat: "ada", fates: ["made"], vmid: 20_001, node: "pve1" },
    {
      seat: "bob",
      fates: ["drifted", "restart-needed"],
      vmid: 20_002,
      node: "pve2",
      drift: [{ setting: "memory", is: "8 GiB", declared: "4 GiB", value: "8192MiB" }],
      movedFrom: "pve1",
      bytes: 4096,
    },
  ],
  foreign: [{ vmid: 20_007, node: "pve3" }],
};

test("a verdict is one line, and is read back as it was", () => {
  const odd = { ...verdict, seats: verdict.seats.map((seat) => ({ ...seat, seat: 'a\n"b' })) };
  expect(verdictLine(odd)).not.toContain("\n");
  expect(parseVerdictLine(verdictLine(odd))).toEqual(odd);
  expect(parseVerdictLine(verdictLine(verdict))).toEqual(verdict);
});

const reset = { memory: 2048, processors: 2, disks: { nas: 4096 } };
const told: ClassVerdict = {
  ...verdict,
  demand: { made: { ...reset, disks: { nas: 4096, ssd: 7 } }, reset },
};

test("what seats ask for is told with them, and left out where it cannot be read", () => {
  expect(parseVerdictLine(verdictLine(told))).toEqual(told);
  const rooms = [{ storage: "nas", node: "pve1", free: 77 }];
  const roomy = { ...told, demand: { ...told.demand, made: reset, reset, rooms } };
  expect(parseVerdictLine(verdictLine(roomy))).toEqual(roomy);
  const masked = verdictLine(roomy).replace("77", '"[secret]"');
  expect(parseVerdictLine(masked)?.demand).toEqual({ made: reset, reset });
  for (const [figure, masked] of [
    ["2048", '"[secret]"'],
    ['"nas":4096', '"nas":null'],
    ['"disks"', '"drives"'],
  ] as const)
    expect(parseVerdictLine(verdictLine(told).replace(figure, masked))).toEqual(verdict);
});

test.each([
  ["the same JSON without our mark", JSON.stringify(verdict)],
  ["a line that was cut off", verdictLine(verdict).slice(0, -1)],
  ["a fate of a later version alone", verdictLine(verdict).replace('"made"', '"frozen"')],
  ["a fate that every object has", verdictLine(verdict).replace('"made"', '"constructor"')],
  ["a masked number", verdictLine(verdict).replace("20001", '"[secret]"')],
  ["an unknown setting", verdictLine(verdict).replace('"memory"', '"disk"')],
  ["a seat that is none", verdictLine(verdict).replace('"seats":[', '"seats":[7,')],
  ["no list of foreign machines", verdictLine(verdict).replace('"foreign"', '"strange"')],
])("is none: %s", (_, line) => {
  expect(parseVerdictLine(line)).toBeUndefined();
});
