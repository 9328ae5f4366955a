import { describe, expect, test } from "vitest";
import { registrations } from "../fixtures/registrations.ts";
import type { LabClassArgs } from "../generated/arguments.ts";
import { LabClass } from "./lab-class.ts";

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
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [],
  config: {},
};

const registered = (more: Partial<LabClassArgs>, without: readonly (keyof LabClassArgs)[] = []) => {
  const wanted = { ...args, ...more };
  for (const name of without) delete wanted[name];
  return registrations(() => new LabClass("lab", wanted));
};

describe("LabClass", () => {
  test("tells all its resources whose they are, and its machines how long they are needed", async () => {
    const publish = { generation: 2, from: "teacher" } as const;
    const all = await registered({ tenant: "acme", expires: "2027-02-28", teacher: true, publish });
    const [component, ...resources] = all;
    expect(component?.inputs).not.toHaveProperty("pool");
    expect(resources.map(({ type, name, inputs }) => [`${type} ${name}`, { ...inputs }])).toEqual(
      [
        "BaseGeneration lab",
        "OverlayPool lab-teacher",
        "BaseGeneration lab-published",
        "OverlayPool lab",
      ].map((each) => {
        const owned = { tenant: "acme", pool: "acme" };
        const isPool = each.startsWith("OverlayPool");
        const needed: unknown = expect.objectContaining(isPool ? { ...owned, expires: "2027-02-28" } : owned);
        return [`coppice:index:${each}`, needed];
      }),
    );
  });

  test("registers one generation and one pool, and leaves defaults to their checks", async () => {
    const vmids = { from: 20_000, to: 20_999 };
    expect(await registered({})).toEqual([
      { type: "coppice:index:LabClass", name: "lab", inputs: args },
      {
        type: "coppice:index:BaseGeneration",
        name: "lab",
        inputs: { class: "lab", number: 1, source: 9000, storage: "nas", vmids },
      },
      {
        type: "coppice:index:OverlayPool",
        name: "lab",
        inputs: {
          class: "lab",
          base: generation,
          count: 25,
          // The first number is the teacher's.
          vmids: { from: 20_001, to: 20_999 },
        },
      },
    ]);
  });

  test("hands everything on as it was given", async () => {
    const shared = {
      cluster: "second",
      nodes: ["pve2"],
      hardware: { cores: 2, memory: "4GiB", vga: "qxl" },
      network: { bridge: "vmbr1", tag: 42 },
      start: "after-create",
      startBatch: 2,
      method: "linked",
      pool: "lab",
      tags: ["spring"],
      overcommit: true,
      dataDisk: { size: "20GiB", storage: "fast" },
      reset: { "seat-01": "once" },
      undo: { "seat-02": "once" },
    } as const;
    const cloudInit = { user: "student", password: "geheim", address: { first: "10.0.0.10/24" } };
    const all = await registered({ ...shared, cloudInit });
    expect(all[0]?.inputs).toEqual({ ...args, ...shared, cloudInit: secret(cloudInit) });
    const generations = all.filter(({ type }) => type.endsWith("BaseGeneration"));
    expect(generations.map(({ inputs }) => inputs["pool"])).toEqual(["lab"]);
    expect(all.at(-1)?.inputs).toEqual({
      ...shared,
      class: "lab",
      base: generation,
      count: 25,
      vmids: { from: 20_001, to: 20_999 },
      cloudInit: secret(cloudInit),
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
      class: "lab",
      base: generation,
      roster: ["teacher"],
      vmids: { from: 20_000, to: 20_000 },
      cloudInit: secret({ user: "student" }),
    });
  });

  test("publishes the teacher's machine under a name that stays, so that the next number replaces it", async () => {
    const publish = { generation: 2, from: "teacher", policyOf: { "seat-07": "keep" } } as const;
    const all = await registered({ teacher: true, publish });
    const published = all.find(({ name }) => name === "lab-published");
    expect(published?.inputs).toMatchObject({ class: "lab", number: 2, source: 20_000 });
    const seats = all.find(({ type, name }) => type.endsWith("OverlayPool") && name === "lab");
    expect(seats?.inputs).toMatchObject({
      base: { number: 2, copies: { pve1: { vmid: 20_000 } } },
      publish: { policyOf: { "seat-07": "keep" } },
    });
    const teacher = all.find(({ name }) => name === "lab-teacher");
    expect(teacher?.inputs).toMatchObject({ base: { number: 1 } });
  });

  test("without any seat needs one number, which stays the teacher's", async () => {
    const all = await registered({ seats: 0, empty: true, vmids: { from: 200, to: 200 } });
    expect(all.at(-1)?.inputs).toMatchObject({ count: 0, empty: true, vmids: { from: 200, to: 200 } });
  });

  test("takes null for what is absent, as programs in JavaScript write it", async () => {
    const nothing = { roster: null, publish: null, teacher: null, cloudInit: null };
    const wanted = { ...args, ...nothing } as unknown as LabClassArgs; // as: see above
    const all = await registrations(() => new LabClass("lab", wanted));
    expect(all[0]?.inputs).toEqual(args);
    expect(all).toHaveLength(3);
  });
});

/** A secret as it travels to the engine (sdk/go/common/resource/properties.go). */
function secret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}
