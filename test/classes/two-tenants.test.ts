import { type BaseGenerationState, type OverlayPoolInputs, progressText } from "@coppice/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CallOptions, ClassLab, poolInputs } from "./class-lab.ts";
import { membersOf, tenantLines, typeLines } from "./pool-token.ts";

const tenants = ["acme", "globex"] as const;
type Tenant = (typeof tenants)[number];
const roster = ["ada", "grace", "hedy"];

let lab: ClassLab;
let base: BaseGenerationState;
const tokens = new Map<Tenant, string>();

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 2 });
  const lines = await tenantLines();
  tokens.set("acme", await typeLines(lab, lines));
  // The second tenant has the same roles on a pool of its own.
  const others = lines
    .split("\n")
    .filter((line) => !line.startsWith("pveum role add"))
    .join("\n")
    .replaceAll("acme", "globex");
  tokens.set("globex", await typeLines(lab, others, "globex"));
  base = await lab.generation();
  await lab.cluster.control.save("granted");
});
beforeEach(async () => {
  await lab.cluster.restore("granted");
});
afterAll(() => lab[Symbol.asyncDispose]());

const actAs = (tenant: Tenant) => lab.cluster.reconnect({ token: tokens.get(tenant) ?? "" });
const inputsOf = (tenant: Tenant, more: Partial<OverlayPoolInputs> = {}) =>
  poolInputs(base, { class: tenant, pool: tenant, roster, ...more });
const callOf = (tenant: Tenant, more: CallOptions = {}) => ({ name: tenant, stack: tenant, ...more });
const onNode = (command: string) => lab.cluster.shell("pve1", command);
const numbersOf = (seats: Readonly<Record<string, { vmid: number }>>) =>
  Object.values(seats)
    .map(({ vmid }) => vmid)
    .sort((a, b) => a - b);
/** What tells a change to machines and their disks: every byte of the one, size and time of the other. */
const files = (...vmids: number[]) => {
  const configs = vmids.map((vmid) => `/etc/pve/nodes/*/qemu-server/${vmid}.conf`);
  const images = vmids.map((vmid) => `/mnt/pve/nas/images/${vmid}/*`);
  return onNode(`sha256sum ${configs.join(" ")}; stat -c '%n %s %b %y' ${images.join(" ")}`);
};

describe.each(["overlay", "linked"] as const)("two tenants in one range, by '%s'", (method) => {
  test("get numbers of their own, and neither touches or is told of the other's machines", async () => {
    await actAs("acme");
    const theirs = await lab.bring(inputsOf("acme", { method }), undefined, callOf("acme"));
    expect(numbersOf(theirs.state.seats)).toEqual([20_000, 20_001, 20_002]);
    const before = await files(20_000, 20_001, 20_002);

    await actAs("globex");
    const call = callOf("globex");
    lab.cluster.control.resetCounters();
    const made = await lab.bring(inputsOf("globex", { method }), undefined, call);
    expect(made.unfinished).toBeUndefined();
    expect(numbersOf(made.state.seats)).toEqual([20_003, 20_004, 20_005]);
    // Numbers that others have are asked for, not tried.
    const { requests } = lab.cluster.control.counters();
    const tried = requests["POST /nodes/{node}/qemu"] ?? requests["POST /nodes/{node}/qemu/{vmid}/clone"];
    expect(tried).toBe(3);
    const more = await lab.bring(
      inputsOf("globex", { method, roster: [...roster, "joan"] }),
      made.state,
      call,
    );
    const fewer = await lab.bring(inputsOf("globex", { method, roster: ["ada"] }), more.state, call);
    await lab.preview(inputsOf("globex", { method, roster: [...roster, "joan"] }), fewer.state, call);
    const gone = await lab.destroy(fewer.state, call);
    const said = [made.context, more.context, fewer.context, gone].flatMap(({ reports, told, warnings }) => [
      ...reports.map(progressText),
      ...told,
      ...warnings,
    ]);
    expect(said.filter((line) => /acme|2000[0-2]/.test(line))).toEqual([]);
    expect(await files(20_000, 20_001, 20_002)).toBe(before);
    expect([await membersOf(lab, "acme"), await membersOf(lab, "globex")]).toEqual(["20000,20001,20002", ""]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("a number that another takes at the last moment is left to them", async () => {
    await actAs("globex");
    const config = "/etc/pve/nodes/pve2/qemu-server/20000.conf";
    const before = async (step: string) => {
      if (step === "create ada") await onNode(`printf 'name: theirs\\n' > ${config}`);
    };
    const hook = { before, after: async () => undefined };
    const { state, unfinished } = await lab.bring(
      inputsOf("globex", { method }),
      undefined,
      callOf("globex", { hook }),
    );
    expect(unfinished).toBeUndefined();
    expect(numbersOf(state.seats)).toEqual([20_001, 20_002, 20_003]);
    await lab.destroy(state, callOf("globex"));
    expect(await onNode(`cat ${config}; ls -A /mnt/pve/nas/images`)).toBe("name: theirs\n9000\n");
  });

  test("a seat's number that has become another's is left to them, and nobody calls the seat gone", async () => {
    await actAs("globex");
    const { state } = await lab.bring(
      inputsOf("globex", { method, roster: ["ada"] }),
      undefined,
      callOf("globex"),
    );
    await onNode(`pvesh delete /nodes/${state.seats["ada"]?.node}/qemu/20000`);
    await actAs("acme");
    await lab.bring(inputsOf("acme", { method, roster: ["ada"] }), undefined, callOf("acme"));
    const before = await files(20_000);
    await actAs("globex");
    // It could as well be the seat's own machine outside of the pool: a token of one pool sees neither.
    await expect(lab.read(state, callOf("globex"))).rejects.toThrow(
      /^Nobody can tell whether machine 20000 of class 'globex' is still there/,
    );
    await lab.destroy(state, callOf("globex"));
    expect(await files(20_000)).toBe(before);
  });

  test("without quorum nothing is removed, though the token may not ask for it", async () => {
    await actAs("globex");
    const { state } = await lab.bring(inputsOf("globex", { method }), undefined, callOf("globex"));
    const before = await files(20_000, 20_001, 20_002);
    await lab.cluster.control.expectVotes(9);
    await expect(lab.destroy(state, callOf("globex"))).rejects.toThrow(
      /cluster is not quorate: without quorum/,
    );
    expect(lab.cluster.control.counters().tasks["qmdestroy"]).toBeUndefined();
    await lab.cluster.control.expectVotes(undefined);
    expect(await files(20_000, 20_001, 20_002)).toBe(before);
  });
});

describe("what a create leaves that broke off before its machine was the pool's", () => {
  test("an empty configuration, which the token cannot see, is removed as root", async () => {
    await actAs("acme");
    lab.cluster.control.faults.add({ match: { task: "qmcreate" }, effect: { kind: "no-worker" }, times: 1 });
    const { state, unfinished } = await lab.bring(inputsOf("acme"), undefined, callOf("acme"));
    expect([unfinished, numbersOf(state.seats)]).toEqual([undefined, [20_000, 20_001, 20_002]]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("without tags the machine is found by its notes and finished", async () => {
    await actAs("acme");
    lab.cluster.control.faults.add({
      match: { method: "PUT", path: "/nodes/[^/]+/qemu/[0-9]+/config" },
      effect: { kind: "drop", when: "before" },
      times: 1,
    });
    const broken = await lab.bring(inputsOf("acme"), undefined, callOf("acme"));
    expect(broken.unfinished).toHaveLength(1);
    expect((await membersOf(lab, "acme")).split(",")).toHaveLength(3);
    const { state, unfinished } = await lab.bring(inputsOf("acme"), broken.state, callOf("acme"));
    expect(unfinished).toBeUndefined();
    expect(numbersOf(state.seats)).toEqual([20_000, 20_001, 20_002]);
    await lab.destroy(state, callOf("acme"));
    expect(await membersOf(lab, "acme")).toBe("");
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});
