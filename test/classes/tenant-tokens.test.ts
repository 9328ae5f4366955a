import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState, SeatPlace } from "@coppice/core";
import {
  listAcl,
  listGuestResources,
  listPools,
  listUsers,
  listVolumes,
  PveError,
  type PveMethod,
  powerGuest,
  readPool,
} from "@coppice/pve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseOf, ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { membersOf } from "./pool-token.ts";
import { TenantLab } from "./tenant-lab.ts";

const limits = { machines: 6, cores: 24, memory: "64GiB", storage: "400GiB" } as const;

/** A call of Proxmox's API that is tried. */
type Call = readonly [method: PveMethod, path: string, params?: Readonly<Record<string, string | number>>];

describe.each(["8.4", "9.2"] as const)("the tokens of two tenants, on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  let base: BaseGenerationState;
  /** What the second tenant has: a class of two, one with a snapshot, and a template. */
  let theirs: OverlayPoolState;
  let copy: SeatPlace;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 2, pve });
    const made = new TenantLab(lab.cluster);
    for (const tenant of ["acme", "globex"]) {
      const { tokenId, tokenSecret } = await made.bring(tenant, { limits });
      tokens.set(tenant, `${tokenId}=${tokenSecret}`);
    }
    base = await lab.generation();
    await actAs("globex");
    const stopped = { ...inputs("globex"), start: "never" } as const;
    theirs = (await lab.bring(stopped, undefined, callOf("globex"))).state;
    const { copies } = await generationOf("globex", placeOf(theirs, "ada"));
    const [[node, { vmid }] = ["", { vmid: 0 }]] = Object.entries(copies);
    copy = { node, vmid, mac: "" };
    const grace = placeOf(theirs, "grace");
    await onNode(`pvesh create /nodes/${grace.node}/qemu/${grace.vmid}/snapshot --snapname before`);
    await lab.cluster.control.tellStatus();
  }, 120_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  const onNode = (command: string) => lab.cluster.shell("pve1", command);
  const range = (tenant: string) =>
    tenant === "acme" ? { from: 20_000, to: 20_099 } : { from: 21_000, to: 21_099 };
  const callOf = (tenant: string) => ({ name: tenant, stack: tenant });
  const owned = (tenant: string) => ({ class: tenant, tenant, pool: tenant, vmids: range(tenant) });
  const inputs = (tenant: string, more: Partial<OverlayPoolInputs> = {}): OverlayPoolInputs => ({
    ...poolInputs(base, { ...owned(tenant), roster: ["ada", "grace"], method: "linked" }),
    ...more,
  });
  const generationOf = (tenant: string, { vmid }: SeatPlace) =>
    lab.generation({ ...owned(tenant), number: 2, source: vmid }, callOf(tenant));
  /** Only the API, as a tenant has it who runs programs of his own. */
  const actAs = async (tenant: string) => {
    // A key that is undefined is one that is left out of the settings, which their type cannot say.
    await lab.cluster.reconnect({ token: tokens.get(tenant) ?? "", ssh: undefined, bulk: false } as object);
  };
  /** Everything of the second tenant: configurations, disks, the users' configuration, tokens. */
  const everything = () =>
    onNode(
      "cat /etc/pve/nodes/*/qemu-server/21*.conf; find /mnt/pve/nas/images/21* -printf '%p %s %t\\n'; grep globex /etc/pve/user.cfg /etc/pve/priv/token.cfg; ls /etc/pve/nodes/*/qemu-server",
    );

  test("carry a class through its whole life, within the limits", { timeout: 60_000 }, async () => {
    await actAs("acme");
    const call = callOf("acme");
    const made = await lab.bring(inputs("acme", { start: "after-create" }), undefined, call);
    expect([made.unfinished, await membersOf(lab, "acme")]).toEqual([undefined, "20000,20001"]);
    const roster = ["ada", "grace", "hedy"];
    const grown = await lab.bring(inputs("acme", { roster }), made.state, call);
    expect(grown.unfinished).toBeUndefined();
    const many = inputs("acme", { roster: [...roster, "joan", "linus", "mary", "nora"] });
    for (const attempt of [lab.preview(many, grown.state, call), lab.bring(many, grown.state, call)])
      await expect(attempt).rejects.toThrow(
        /machines: 4 asked for, 3 allowed \(limit 6, used 3\), 1 too many/,
      );
    const teacher = placeOf(grown.state, "ada");
    await powerGuest(lab.cluster.client, teacher, "stop");
    const second = await generationOf("acme", teacher);
    const publish = { policy: "reset", running: "stop", undoFor: "0s" } as const;
    const next = inputs("acme", { roster, base: baseOf(second), publish });
    const published = await lab.bring(next, grown.state, call);
    expect(published.unfinished).toBeUndefined();
    const reset = await lab.bring({ ...next, reset: { grace: "once" } }, published.state, call);
    expect(reset.unfinished).toBeUndefined();
    const fewer = await lab.bring({ ...next, roster: ["ada"] }, reset.state, call);
    expect(fewer.unfinished).toBeUndefined();
    await lab.destroy(fewer.state, call);
    await lab.removeGeneration(second, call);
    expect(await membersOf(lab, "acme")).toBe("");
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("are shown nothing of the other", async () => {
    await actAs("acme");
    const { client } = lab.cluster;
    expect((await listGuestResources(client)).map(({ vmid }) => vmid)).toEqual([9000]);
    expect((await listPools(client)).map(({ poolid }) => poolid)).toEqual(["acme"]);
    expect((await listUsers(client)).map(({ userid }) => userid)).not.toContain("globex@pve");
    expect(JSON.stringify(await listAcl(client))).not.toContain("globex");
    const volumes = await listVolumes(client, { node: "pve1", storage: "nas" });
    expect(volumes.filter(({ vmid }) => vmid !== undefined && vmid >= 21_000)).toEqual([]);
    for (const path of [
      "/nodes/pve1/qemu",
      "/nodes/pve2/qemu",
      "/cluster/tasks",
      "/nodes/pve1/tasks",
      "/access/groups",
    ]) {
      const shown = await client.call({ method: "GET", path, parse: (value) => JSON.stringify(value) });
      expect([path, shown]).toEqual([path, expect.not.stringMatching(/globex|"?vmid"?:"?21\d{3}/)]);
    }
    // Proxmox looks at Pool.Audit here and lets everybody read (Pool.pm): names and figures, as the page on quotas says.
    expect((await readPool(client, "globex"))?.members.map(({ vmid }) => vmid)).toHaveLength(3);
  });

  test("touch nothing of the other, nor what limits themselves", async () => {
    const { node, vmid } = placeOf(theirs, "grace");
    const guest = `/nodes/${node}/qemu/${vmid}`;
    const template = `/nodes/${copy.node}/qemu/${copy.vmid}`;
    const { disk, image } = await volumesOf(guest, template);
    const calls = [...onMachines({ guest, template }), ...onDisks({ node, disk, image }), ...onRights(vmid)];
    await actAs("acme");
    const before = await everything();
    const passed: string[] = [];
    for (const [method, path, params = {}] of calls) {
      const outcome = await tried([method, path, params]);
      if (outcome !== "pve.forbidden") passed.push(`${method} ${path} ${JSON.stringify(params)}: ${outcome}`);
    }
    expect(passed).toEqual([]);
    expect(await everything()).toBe(before);
  });

  /** How a call ended: with its task, where it starts one. */
  async function tried([method, path, params]: Call): Promise<string> {
    const { client } = lab.cluster;
    try {
      const answer = await client.call({ method, path, ...(params && { params }), parse: (value) => value });
      if (typeof answer !== "string" || !answer.startsWith("UPID:")) return "done";
      const end = await onNode(
        `pvesh get /nodes/${answer.split(":")[1]}/tasks/${answer}/status --output-format json`,
      );
      return /Permission check failed/.test(end) ? "pve.forbidden" : end;
    } catch (error) {
      return error instanceof PveError ? error.code : String(error);
    }
  }

  async function volumesOf(guest: string, template: string): Promise<{ disk: string; image: string }> {
    const [disk = "", image = ""] = await Promise.all(
      [guest, template].map(async (path) => {
        const config = await onNode(`pvesh get ${path}/config --output-format json`);
        return /"scsi0":"([^",]+)/.exec(config.replaceAll(": ", ":"))?.[1] ?? "";
      }),
    );
    expect([disk, image]).toEqual([expect.stringContaining("vm-21"), expect.stringContaining("base-21")]);
    return { disk, image };
  }
});

/** What is tried on another tenant's machine and on its template. */
function onMachines({ guest, template }: { readonly guest: string; readonly template: string }): Call[] {
  return [
    ["GET", `${guest}/config`],
    ["GET", `${guest}/status/current`],
    ["GET", `${guest}/pending`],
    ["GET", `${guest}/snapshot`],
    ["PUT", `${guest}/config`, { name: "mine" }],
    ["PUT", `${guest}/resize`, { disk: "scsi0", size: "+1G" }],
    ["PUT", `${guest}/unlink`, { idlist: "scsi0" }],
    ["POST", `${guest}/move_disk`, { disk: "scsi0", storage: "nas", format: "raw" }],
    ["POST", `${guest}/status/start`],
    ["POST", `${guest}/status/stop`],
    ["POST", `${guest}/snapshot`, { snapname: "mine" }],
    ["POST", `${guest}/snapshot/before/rollback`],
    ["DELETE", `${guest}/snapshot/before`],
    ["POST", `${guest}/clone`, { newid: 20_050, pool: "acme" }],
    ["POST", `${guest}/template`],
    ["DELETE", guest],
    ["GET", `${template}/config`],
    ["POST", `${template}/clone`, { newid: 20_050, pool: "acme" }],
    ["DELETE", template],
  ];
}

/** What is tried to come by another tenant's disks. */
function onDisks({
  node,
  disk,
  image,
}: {
  readonly node: string;
  readonly disk: string;
  readonly image: string;
}): Call[] {
  const own = { vmid: 20_050, pool: "acme", name: "thief", memory: 512 };
  return [
    ["POST", "/nodes/pve1/qemu", { ...own, scsi0: disk }],
    ["POST", "/nodes/pve1/qemu", { ...own, scsi0: image }],
    ["POST", "/nodes/pve1/qemu", { ...own, pool: "globex" }],
    ["POST", "/nodes/pve1/qemu", { vmid: 20_050, name: "nobodys", memory: 512 }],
    ["DELETE", `/nodes/${node}/storage/nas/content/${encodeURIComponent(disk)}`],
  ];
}

/** What is tried to come by more rights, or by more room. */
function onRights(vmid: number): Call[] {
  return [
    ["PUT", "/pools", { poolid: "acme", vms: vmid, "allow-move": 1 }],
    ["PUT", "/pools", { poolid: "globex", comment: "mine" }],
    ["PUT", "/pools", { poolid: "acme", comment: "no limits" }],
    ["DELETE", "/pools", { poolid: "globex" }],
    ["POST", "/pools", { poolid: "thieves" }],
    ["PUT", "/access/acl", { path: "/pool/globex", roles: "Coppice-Tenant", groups: "coppice-acme" }],
    ["PUT", "/access/acl", { path: `/vms/${vmid}`, roles: "Coppice-Tenant", groups: "coppice-acme" }],
    ["PUT", "/access/acl", { path: "/pool/acme", roles: "Administrator", groups: "coppice-acme" }],
    ["PUT", "/access/acl", { path: "/vms/9000", roles: "Coppice-Tenant", groups: "coppice-acme" }],
    ["PUT", "/access/roles/Coppice-Tenant", { privs: "Sys.Modify", append: 1 }],
    ["GET", "/access/users/globex@pve"],
    ["GET", "/access/users/globex@pve/token/coppice"],
    ["POST", "/access/users/globex@pve/token/mine"],
    ["PUT", "/access/users/globex@pve/token/coppice", { regenerate: 1 }],
    ["DELETE", "/access/users/globex@pve/token/coppice"],
    ["POST", "/access/users/acme@pve/token/second"],
    ["PUT", "/access/users/acme@pve", { groups: "coppice-globex" }],
    ["PUT", "/access/groups/coppice-globex", { comment: "mine" }],
    ["DELETE", "/nodes/pve1/qemu/9000"],
    ["PUT", "/nodes/pve1/qemu/9000/config", { name: "mine" }],
  ];
}
