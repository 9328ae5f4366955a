import { readFile } from "node:fs/promises";
import { unknownValue } from "@coppice/core";
import { createPool, createUser, readPool, updatePool } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TenantLab } from "./tenant-lab.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
describe("a tenant", () => {
  let lab: TenantLab;
  let fresh: string[];
  beforeAll(async () => {
    lab = await TenantLab.start();
    await createUser(lab.cluster.client, { userid: "ada@pve", groups: [] });
    await createUser(lab.cluster.client, { userid: "grace@pve", groups: [] });
    fresh = await lab.users();
    await lab.cluster.control.save("fresh");
  });
  beforeEach(async () => {
    await lab.cluster.restore("fresh");
    await lab.cluster.reconnect();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const client = () => lab.cluster.client;
  const shell = (command: string) => lab.cluster.shell("pve1", command);
  const writes = () =>
    Object.keys(lab.cluster.control.counters().requests).filter((name) => !name.startsWith("GET "));
  const machine = (vmid: number, name: string, tenant = "acme") =>
    shell(
      `pvesh create /nodes/pve1/qemu --vmid ${vmid} --name ${name} --memory 1024 --cores 2 --scsi0 nas:1 --pool ${tenant}`,
    );

  test("gets a pool with its limits, and rights that reach no further", async () => {
    const state = await lab.bring("acme", { members: ["ada@pve"] });
    expect(state).toMatchObject({ pool: "acme", tokenId: "acme@pve!coppice" });
    expect(state.tokenSecret).toMatch(uuid);
    const lines = (await lab.users()).filter((line) => !fresh.includes(line));
    const plain = lines.map((line) => line.replace(/\[coppice%?.*\]/, "[…]").replace(/%20/g, " "));
    expect(plain.filter((line) => !line.startsWith("role:"))).toEqual([
      "user:acme@pve:1:0::::Tenant acme […]::",
      "token:acme@pve!coppice:0:0:Classes of tenant acme […]:",
      "group:coppice-acme:acme@pve,ada@pve:Tenant acme […]:",
      "pool:acme:Tenant acme […]:::",
      "acl:1:/pool/acme:@coppice-acme:Coppice-Tenant:",
      "acl:1:/sdn/zones/localnetwork/vmbr0:@coppice-acme:Coppice-Tenant-Network:",
      "acl:1:/storage/nas:@coppice-acme:Coppice-Tenant-Storage:",
      "acl:1:/vms/9000:@coppice-acme:Coppice-Tenant-Template:",
    ]);
    const roles = plain.filter((line) => line.startsWith("role:"));
    expect(roles.slice(1)).toEqual([
      "role:Coppice-Tenant-Network:SDN.Use:",
      "role:Coppice-Tenant-Storage:Datastore.AllocateSpace,Datastore.Audit:",
      "role:Coppice-Tenant-Template:VM.Audit,VM.Clone:",
    ]);
    expect(roles[0]).not.toMatch(/Permissions|Pool.Allocate|Sys\.|Snapshot/);
  });

  test("is left alone by the same again, and changes where something else is said", async () => {
    const state = await lab.bring("acme", {});
    lab.cluster.control.resetCounters();
    expect(lab.diff("acme", {}, state)).toEqual([]);
    expect(await lab.bring("acme", {}, state)).toEqual(state);
    expect(writes()).toEqual([]);
    const said = {
      limits: { machines: 9 },
      templates: [],
      storages: ["nas", "local"],
      members: ["grace@pve"],
    };
    const changed = await lab.bring("acme", said, state);
    expect(changed.tokenSecret).toBe(state.tokenSecret);
    const users = (await lab.users()).join("\n");
    expect(users).toMatch(/^group:coppice-acme:acme@pve,grace@pve:/m);
    expect(users).toMatch(/acl:1:\/storage\/local:@coppice-acme/);
    expect(users).not.toMatch(/\/vms\/9000/);
    expect((await readPool(client(), "acme"))?.comment).toMatch(/^Tenant acme .*"machines":9\} /);
    const without = await lab.bring("acme", { ...said, members: [] }, changed);
    expect((await lab.users()).join("\n")).toMatch(/^group:coppice-acme:acme@pve:/m);
    expect((await lab.read(without)).state).toEqual(without);
  });

  test("keeps what people write into the pool's comment", async () => {
    const state = await lab.bring("acme", {});
    const comment = (await readPool(client(), "acme"))?.comment ?? "";
    await updatePool(client(), {
      poolid: "acme",
      comment: comment.replace("Tenant acme", "Physics, 2nd floor"),
    });
    await lab.bring("acme", { limits: { machines: 9 } }, state);
    expect((await readPool(client(), "acme"))?.comment).toMatch(/^Physics, 2nd floor \[coppice-limits/);
  });

  test("leaves nothing behind, and roles to those who have them too", async () => {
    const acme = await lab.bring("acme", { members: ["ada@pve"] });
    const globex = await lab.bring("globex", {});
    await lab.remove(acme);
    const left = (await lab.users()).join("\n");
    expect(left).not.toMatch(/acme/);
    expect(left).toMatch(/^role:Coppice-Tenant:/m);
    await lab.remove(globex);
    expect(await lab.users()).toEqual(fresh);
    await lab.remove(globex);
    expect((await lab.read(globex)).state).toBeUndefined();
  });

  test("is not removed while its pool has a machine, which is named", async () => {
    const state = await lab.bring("acme", {});
    await machine(5000, "lab-ada");
    await lab.cluster.control.tellStatus();
    lab.cluster.control.resetCounters();
    await expect(lab.remove(state)).rejects.toThrow(
      /^Tenant "acme" cannot be removed: its pool still has 1 machine \[lab-ada \(5000\)\]\. .*\[quota\.in-use\]$/,
    );
    expect(writes()).toEqual([]);
    await shell("pvesh delete /nodes/pve1/qemu/5000");
    await lab.remove(state);
    expect(await lab.users()).toEqual(fresh);
  });

  test("gets no limits below what is in use, in a preview already", async () => {
    const state = await lab.bring("acme", {});
    for (const vmid of [5000, 5001]) await machine(vmid, `lab-${vmid}`);
    await lab.cluster.control.tellStatus();
    lab.cluster.control.resetCounters();
    const lower = { limits: { machines: 1, cores: 3, memory: "4GiB" } } as const;
    const refused =
      /^The limits of tenant "acme" cannot be set below what is in use: machines: 2 used, 1 set; cores: 4 used, 3 set \[lab-5000 \(5000\), lab-5001 \(5001\)\].*\[quota\.in-use\]$/;
    await expect(lab.preview("acme", lower, state)).rejects.toThrow(refused);
    await expect(lab.bring("acme", lower, state)).rejects.toThrow(refused);
    expect(writes()).toEqual([]);
    const full = { limits: { machines: 2, cores: 4, memory: "4GiB" } } as const;
    await lab.preview("acme", full, state);
    const filled = await lab.bring("acme", full, state);
    // Machines that somebody put in by hand are above them; what else is said can still change.
    await machine(5002, "more");
    await lab.bring("acme", { ...full, templates: [] }, filled);
  });

  test("of a name whose pool, group or user is somebody else's is refused, named", async () => {
    const first = await lab.bring("acme", {});
    lab.cluster.control.resetCounters();
    for (const attempt of [
      lab.bring("acme", {}, undefined, { name: "two" }),
      lab.preview("acme", {}, undefined, { name: "two" }),
    ])
      await expect(attempt).rejects.toThrow(
        /^Tenant "acme" cannot be made or changed: there is a pool 'acme' already, and another resource made it.*\[quota\.taken\]$/,
      );
    await expect(lab.bring("acme", {}, first, { name: "two" })).rejects.toThrow(/\[quota\.taken\]$/);
    expect(writes()).toEqual([]);
    await createPool(client(), { poolid: "umbra", comment: "Shadows" });
    await expect(lab.bring("umbra", {})).rejects.toThrow(
      /a pool 'umbra' already, and somebody made it by hand/,
    );
    await createUser(client(), { userid: "globex@pve", groups: [] });
    await expect(lab.bring("globex", {})).rejects.toThrow(
      /a user 'globex@pve' already, and somebody made it by hand/,
    );
  });

  test("described twice is refused, in the preview of the second", async () => {
    await lab.preview("acme", {});
    await lab.preview("acme", {});
    await expect(lab.preview("acme", {}, undefined, { name: "two" })).rejects.toThrow(
      /^Tenant "acme" is described twice.*\[quota\.taken\]$/,
    );
  });

  test("gets no role that may more than a tenant, and the rights that a role of an older version lacks", async () => {
    await shell("pveum role add Coppice-Tenant --privs 'VM.Audit Sys.Modify'");
    for (const attempt of [lab.preview("acme", {}), lab.bring("acme", {})])
      await expect(attempt).rejects.toThrow(
        /the role 'Coppice-Tenant' may more than a tenant: Sys\.Modify\. Type `pveum role modify Coppice-Tenant .*\[quota\.taken\]$/,
      );
    await shell("pveum role modify Coppice-Tenant --privs 'VM.Audit'");
    await expect(lab.bring("acme", {})).rejects.toThrow(
      /'Coppice-Tenant' may less than a tenant, and no tenant has it: .*VM\.PowerMgmt.*\[quota\.taken\]$/,
    );
    await shell("pveum role delete Coppice-Tenant");
    const state = await lab.bring("acme", {});
    await shell("pveum role modify Coppice-Tenant --privs 'VM.Audit'");
    await lab.bring("acme", {}, state);
    expect((await lab.users()).join("\n")).toMatch(/^role:Coppice-Tenant:.*VM\.PowerMgmt/m);
  });

  test("leaves a role that somebody changed where it is", async () => {
    const state = await lab.bring("acme", {});
    await shell("pveum role modify Coppice-Tenant-Network --privs 'SDN.Audit'");
    await lab.remove(state);
    const left = (await lab.users()).filter((line) => !fresh.includes(line));
    expect(left).toEqual(["role:Coppice-Tenant-Network:SDN.Audit:"]);
  });

  test("has no members whom the cluster does not know", async () => {
    for (const attempt of [
      lab.preview("acme", { members: ["adda@pve"] }),
      lab.bring("acme", { members: ["adda@pve"] }),
    ])
      await expect(attempt).rejects.toThrow(/'members' has adda@pve, and the cluster has no such user/);
    expect(await lab.users()).toEqual(fresh);
  });

  test("whose limits a newer version wrote is left alone, and what somebody wrote by hand is put right", async () => {
    const state = await lab.bring("acme", {});
    const comment = (await readPool(client(), "acme"))?.comment ?? "";
    const set = (text: string) => updatePool(client(), { poolid: "acme", comment: text });
    await set(comment.replace('"machines":4', '"machines":400'));
    const found = await lab.read(state);
    expect(found.state?.drift).toEqual(["the limits in the comment of pool acme"]);
    expect(lab.diff("acme", {}, found.state ?? state)).toEqual(["drift"]);
    const again = await lab.bring("acme", {}, found.state);
    expect((await readPool(client(), "acme"))?.comment).toBe(comment);
    expect(again).toEqual(state);
    const { withLimits } = await import("@coppice/clusters");
    const newer = withLimits("", "acme", { machines: 400 });
    const { stableMark } = await import("@coppice/core");
    const text = '{"version":2,"machines":400}';
    await set(newer.replace(/\{.*\]/, `${text} ${stableMark(["limits", "acme", text])}]`));
    const read = await lab.read(state);
    expect(read.context.warnings.join()).toMatch(/a newer version of Coppice wrote them.*\[quota\.mark\]/);
    for (const attempt of [
      lab.preview("acme", { limits: { machines: 5 } }, state),
      lab.bring("acme", { limits: { machines: 5 } }, state),
    ])
      await expect(attempt).rejects.toThrow(/a newer version of Coppice wrote them.*\[quota\.mark\]$/);
  });

  test("is made, changed and removed by a token with the rights that the page names", async () => {
    const page = await readFile(new URL("../../docs/guides/quotas.md", import.meta.url), "utf8");
    const [, lines = ""] = /```sh\n(pveum role add CoppiceTenants[^`]*)```/.exec(page) ?? [];
    const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(await shell(`set -e\n${lines}`))?.[0];
    const before = await lab.users();
    await lab.cluster.reconnect({ token: `coppice-tenants@pve!operator=${secret}` });
    await lab.preview("acme", { members: ["ada@pve"] });
    const state = await lab.bring("acme", { members: ["ada@pve"] });
    const said = { limits: { machines: 9 }, templates: [], storages: ["local"], members: ["grace@pve"] };
    const changed = await lab.bring("acme", said, state);
    expect((await lab.read(changed)).state).toEqual(changed);
    await lab.remove(changed);
    expect(await lab.users()).toEqual(before);
  });

  test("is previewed with five questions, with what is not known yet too", async () => {
    lab.cluster.control.resetCounters();
    const planned = await lab.preview("acme", { templates: [unknownValue], members: unknownValue });
    expect(planned).toMatchObject({ pool: "acme", tokenId: "acme@pve!coppice", tokenSecret: unknownValue });
    const { requests } = lab.cluster.control.counters();
    expect(Object.values(requests).reduce((sum, count) => sum + count, 0)).toBe(5);
    await expect(lab.preview("acme", { limits: { machines: unknownValue } })).resolves.toMatchObject({
      pool: unknownValue,
    });
  });

  test("shows its secret in nothing but its one output", async () => {
    const state = await lab.bring("acme", {});
    const { tokenSecret, ...others } = state;
    expect(JSON.stringify(others)).not.toContain(tokenSecret);
    expect(JSON.stringify(await lab.preview("acme", {}, state))).not.toContain(tokenSecret);
    expect((await lab.users()).join()).not.toContain(tokenSecret);
  });
});
