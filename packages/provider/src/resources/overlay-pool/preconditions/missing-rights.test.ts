import { poolOfCreation } from "@coppice/clusters";
import type { Generation, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import type { Permissions } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { missingRights } from "./missing-rights.ts";
import type { RightsQuestion } from "./needed-rights.ts";

const base: Generation = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [],
  config: {
    net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0",
    net1: "virtio=BC:24:11:00:00:02,bridge=back,tag=7",
  },
};
const config = ["CPU", "Disk", "HWType", "Memory", "Network", "Options"].map((name) => `VM.Config.${name}`);
const onMachines = ["VM.Allocate", "VM.Audit", ...config];

type Grants = Readonly<Record<string, readonly string[]>>;
const rest: Grants = {
  "/storage/nas": ["Datastore.Audit"],
  "/sdn/zones/localnetwork/vmbr0": ["SDN.Use"],
  "/sdn/zones/localnetwork/back": ["SDN.Use"],
};
const permissionsOf = (grants: Grants): Permissions =>
  new Map(Object.entries(grants).map(([path, names]) => [path, new Map(names.map((name) => [name, true]))]));

interface Asked {
  readonly inputs?: Partial<OverlayPoolInputs>;
  readonly verb?: RightsQuestion["plan"]["seats"][number]["verb"];
  readonly madeBy?: RightsQuestion["madeBy"];
  readonly running?: boolean;
  /** The Proxmox pool that an earlier run left its seat in; null: none. */
  readonly former?: string | null;
}

function lacks(
  grants: Grants,
  { inputs: more, verb = "make", madeBy = "overlay", running = false, former }: Asked = {},
) {
  const permissions = permissionsOf(grants);
  const range = { from: 100, to: 199 };
  const inputs: OverlayPoolInputs = {
    cluster: "main",
    class: "lab",
    base,
    count: 1,
    vmids: range,
    start: "never",
    startBatch: 4,
    method: "auto",
    empty: false,
    overcommit: false,
    ...more,
  };
  const guest = { vmid: 100, node: "pve1", tags: [], running, template: false };
  const { pool: _, ...others } = inputs;
  const recorded: OverlayPoolState = {
    ...others,
    ...(former && { pool: former }),
    seats: { ada: { vmid: 100, node: "pve1", mac: "" } },
    generation: 1,
    madeBy,
  };
  return missingRights({
    inputs,
    recorded: former === undefined ? undefined : recorded,
    permissions,
    madeBy,
    createdInPool: poolOfCreation(inputs.pool, permissions),
    plan: { seats: [{ seat: "ada", verb, vmid: 100, node: "pve1", place: 0 }], foreign: [] },
    observed: { guests: new Map([[100, guest]]), nodes: [] },
  });
}

describe("making a seat needs", () => {
  test("rights on all machines or on those of its pool, and which pool it is born in follows from them", () => {
    const inputs = { pool: "lab" };
    expect(lacks({ ...rest, "/vms": onMachines })).toEqual([]);
    expect(lacks({ ...rest, "/pool/lab": onMachines }, { inputs })).toEqual([]);
    expect(lacks({ ...rest, "/pool/lab": onMachines })).toContain("VM.Allocate on /vms");
    expect(lacks(rest, { inputs })).toContain("VM.Allocate on /vms or /pool/lab");
    expect(poolOfCreation(inputs.pool, permissionsOf({ "/vms": onMachines }))).toBeUndefined();
    expect(poolOfCreation(inputs.pool, permissionsOf({ "/vms": ["VM.Audit"] }))).toBe("lab");
  });

  test("Pool.Allocate only where the machine is added to its pool afterwards", () => {
    const inputs = { pool: "lab" };
    expect(lacks({ ...rest, "/vms": onMachines }, { inputs })).toEqual(["Pool.Allocate on /pool/lab"]);
  });

  test("the bridge of every card, with its VLAN, in whichever zone it is granted", () => {
    const grants = { ...rest, "/vms": onMachines };
    const network = { bridge: "tenant7", tag: 42 };
    expect(lacks(grants, { inputs: { network } })).toEqual(["SDN.Use on /sdn/zones/localnetwork/tenant7/42"]);
    expect(lacks({ ...grants, "/sdn/zones/lab/tenant7": ["SDN.Use"] }, { inputs: { network } })).toEqual([]);
    expect(lacks({ ...grants, "/sdn/zones/localnetwork/back": [] })).toEqual([
      "SDN.Use on /sdn/zones/localnetwork/back/7",
    ]);
  });

  test("the template's right and space for a linked clone, and what its cloud-init drive costs", () => {
    const grants = { ...rest, "/vms": onMachines, "/vms/9000": ["VM.Audit"] };
    expect(lacks(grants, { madeBy: "linked", inputs: { cloudInit: { user: "ada" } } })).toEqual([
      "VM.Clone on /vms/9000",
      "Datastore.AllocateSpace on /storage/nas",
      "VM.Config.CDROM on /vms",
      "VM.Config.Cloudinit on /vms",
    ]);
  });
});

describe("other work needs", () => {
  test("nothing where no seat is touched", () => {
    expect([lacks({}, { verb: "keep" }), lacks({}, { verb: "defer" })]).toEqual([[], []]);
  });

  test("quorum that can be asked for or proved before a removal, and the right to stop what runs", () => {
    const may = ["VM.Allocate", "VM.Audit"];
    const proof = "VM.Config.Options on /vms, or Sys.Audit on /";
    expect(lacks({ "/vms": may }, { verb: "remove" })).toEqual([proof]);
    expect(lacks({ "/": ["Sys.Audit"], "/vms": may }, { verb: "remove" })).toEqual([]);
    const able = { "/vms": [...may, "VM.Config.Options"] };
    expect(lacks(able, { verb: "remove", running: true })).toEqual(["VM.PowerMgmt on /vms"]);
  });

  test("Pool.Allocate on the pool that a class leaves, and on the one that it joins", () => {
    const all = { ...rest, "/vms": onMachines };
    const joining = { verb: "change", inputs: { pool: "new" } } as const;
    expect(lacks(all, { verb: "change", former: "old" })).toEqual(["Pool.Allocate on /pool/old"]);
    expect(lacks(all, { ...joining, former: "old" })).toEqual([
      "Pool.Allocate on /pool/new",
      "Pool.Allocate on /pool/old",
    ]);
    expect(lacks(all, { ...joining, former: null })).toEqual(["Pool.Allocate on /pool/new"]);
    expect(lacks(all, { ...joining, former: "new" })).toEqual([]);
    expect(lacks(all, { verb: "remove", former: "old" })).toEqual([]);
  });

  test("the right to clone for a reset without files", () => {
    const may = { "/vms": ["VM.Audit", "VM.Config.Disk", "VM.Config.Options"] };
    expect(lacks(may, { verb: "reset" })).toEqual([]);
    expect(lacks(may, { verb: "reset", madeBy: "linked" })).toEqual(
      expect.arrayContaining(["VM.Allocate on /vms", "VM.Clone on /vms/9000"]),
    );
  });
});
