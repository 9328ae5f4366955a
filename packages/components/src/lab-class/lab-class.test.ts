import { describe, expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import { LabClass } from "./lab-class.ts";
import type { LabClassArgs } from "./lab-class-args.ts";

const args: LabClassArgs = {
  template: { vmid: 9000 },
  seats: 25,
  storage: "nas",
  vmids: { from: 20_000, to: 20_999 },
};

const generation = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: { pve1: { vmid: "9000", files: {} } },
  disks: [],
  config: {},
};

const registered = (more: Partial<LabClassArgs>, without: readonly (keyof LabClassArgs)[] = []) => {
  const wanted = { ...args, ...more };
  for (const name of without) delete wanted[name];
  return registrations(() => new LabClass("lab", wanted));
};

describe("LabClass", () => {
  test("registers one generation and one pool, with every default said", async () => {
    const vmids = { from: 20_000, to: 20_999 };
    expect(await registered({})).toEqual([
      { type: "coppice:index:LabClass", name: "lab", inputs: {} },
      {
        type: "coppice:index:BaseGeneration",
        name: "lab",
        inputs: { cluster: "main", class: "lab", number: 1, source: 9000, storage: "nas", vmids },
      },
      {
        type: "coppice:index:OverlayPool",
        name: "lab",
        inputs: {
          cluster: "main",
          class: "lab",
          base: generation,
          count: 25,
          // The first number is the teacher's.
          vmids: { from: 20_001, to: 20_999 },
          start: "never",
          startBatch: 4,
          method: "auto",
        },
      },
    ]);
  });

  test("hands every setting to the pool, units as written", async () => {
    const all = await registered({
      cluster: "second",
      nodes: ["pve2"],
      hardware: { cores: 2, memory: "4GiB" },
      network: { bridge: "vmbr1", tag: 42 },
      cloudInit: { user: "student", address: { first: "10.0.0.10/24" } },
      start: "after-create",
      startBatch: 2,
      method: "linked",
      pool: "lab",
      tags: ["spring"],
      dataDisk: { size: "20GiB", storage: "fast" },
      reset: { "seat-01": "once" },
      undo: { "seat-02": "once" },
    });
    const generations = all.filter(({ type }) => type.endsWith("BaseGeneration"));
    expect(generations.map(({ inputs }) => inputs["pool"])).toEqual(["lab"]);
    expect(all.at(-1)?.inputs).toEqual({
      cluster: "second",
      class: "lab",
      base: generation,
      count: 25,
      vmids: { from: 20_001, to: 20_999 },
      nodes: ["pve2"],
      hardware: { cores: 2, memory: "4GiB" },
      network: { bridge: "vmbr1", tag: 42 },
      cloudInit: secret({ user: "student", address: { first: "10.0.0.10/24" } }),
      start: "after-create",
      startBatch: 2,
      method: "linked",
      pool: "lab",
      tags: ["spring"],
      dataDisk: { size: "20GiB", storage: "fast" },
      reset: { "seat-01": "once" },
      undo: { "seat-02": "once" },
    });
  });

  test("gives the teacher the first number, DHCP, and neither data disk nor orders of the seats", async () => {
    const all = await registered({
      teacher: true,
      cloudInit: { user: "student", address: { first: "10.0.0.10/24" } },
      dataDisk: { size: "20GiB" },
      reset: { "seat-01": "once" },
    });
    const teacher = all.find(({ name }) => name === "lab-teacher");
    expect(teacher?.inputs).toEqual({
      cluster: "main",
      class: "lab",
      base: generation,
      roster: ["teacher"],
      vmids: { from: 20_000, to: 20_000 },
      cloudInit: secret({ user: "student" }),
      start: "never",
      startBatch: 4,
      method: "auto",
    });
  });

  test("publishes the teacher's machine under a name that stays, so that the next number replaces it", async () => {
    const publish = { generation: 2, from: "teacher", policyOf: { "seat-07": "keep" } } as const;
    const all = await registered({ teacher: true, publish });
    const published = all.find(({ name }) => name === "lab-published");
    expect(published?.inputs).toMatchObject({ class: "lab", number: 2, source: 20_000 });
    const seats = all.find(({ type, name }) => type.endsWith("OverlayPool") && name === "lab");
    expect(seats?.inputs).toMatchObject({
      base: { number: 2, copies: { pve1: { vmid: "20000" } } },
      publish: { policy: "reset", policyOf: { "seat-07": "keep" }, running: "defer", undoFor: "7d" },
    });
    const teacher = all.find(({ name }) => name === "lab-teacher");
    expect(teacher?.inputs).toMatchObject({ base: { number: 1 } });
  });

  // As a program in JavaScript could: the compiler would refuse these units.
  const gigabytes = "4GB" as "4GiB"; // see above
  const unitless = "7" as "7d"; // see above

  test.each<[string, Partial<LabClassArgs>, RegExp]>([
    [
      "both kinds of seats",
      { roster: ["ada"] },
      /'roster' is given \(1 names\) and 'seats' too \(25\)\. Give/,
    ],
    ["a unit of another family", { hardware: { memory: gigabytes } }, /'hardware\.memory': .*"GiB"/],
    ["half a GiB of data disk", { dataDisk: { size: "1.5GiB" } }, /'dataDisk\.size' is 1\.5GiB/],
    ["generation 1 again", { publish: { generation: 1, from: { vmid: 1 } } }, /'publish\.generation' is 1/],
    ["a teacher who is not there", { publish: { generation: 2, from: "teacher" } }, /Set 'teacher: true'/],
    ["an undo time without a unit", undoFor(unitless), /'publish\.undoFor': .*"15m"/],
  ])("refuses %s with field, value and way out, and registers no seat", async (_what, more, message) => {
    await expect(registered(more)).rejects.toThrow(message);
  });

  test("refuses a class without seats, and a student called teacher", async () => {
    await expect(registered({}, ["seats"])).rejects.toThrow("'seats' is missing. Give");
    const clash = registered({ roster: ["teacher"], teacher: true }, ["seats"]);
    await expect(clash).rejects.toThrow("Rename the seat");
  });

  test("refuses a name that no host can have", async () => {
    await expect(registrations(() => new LabClass("Lab 1", args))).rejects.toThrow('"lab-1" would do');
  });
});

/** A secret as it travels to the engine (sdk/go/common/resource/properties.go). */
function secret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

function undoFor(text: "7d"): Partial<LabClassArgs> {
  return { publish: { generation: 2, from: { vmid: 9001 }, undoFor: text } };
}
