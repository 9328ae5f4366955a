import { createUser } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TenantLab } from "./tenant-lab.ts";

const uuidIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ?? "none";

describe("a tenant that somebody changed by hand", () => {
  let lab: TenantLab;
  let fresh: string[];
  beforeAll(async () => {
    lab = await TenantLab.start();
    await createUser(lab.cluster.client, { userid: "ada@pve", groups: [] });
    await createUser(lab.cluster.client, { userid: "grace@pve", groups: [] });
    await lab.cluster.shell("pve1", "pveum group add staff");
    fresh = await lab.users();
    await lab.cluster.control.save("fresh");
  });
  beforeEach(async () => {
    await lab.cluster.restore("fresh");
    await lab.cluster.reconnect();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const shell = (command: string) => lab.cluster.shell("pve1", command);

  test.each([
    [
      "a template's right",
      "pveum acl delete /vms/9000 --groups coppice-acme --roles Coppice-Tenant-Template",
      "templates",
    ],
    [
      "a storage more",
      "pveum acl modify /storage/local --groups coppice-acme --roles Coppice-Tenant-Storage",
      "storages",
    ],
    [
      "the bridge's right",
      "pveum acl delete /sdn/zones/localnetwork/vmbr0 --groups coppice-acme --roles Coppice-Tenant-Network",
      "bridges",
    ],
    ["a person", "pveum user modify grace@pve --groups coppice-acme", "members"],
    ["the pool's right", "pveum acl delete /pool/acme --groups coppice-acme --roles Coppice-Tenant", "drift"],
    ["another right", "pveum acl modify /vms --groups coppice-acme --roles PVEVMAdmin", "drift"],
    ["a right of its user", "pveum acl modify / --users acme@pve --roles Administrator", "drift"],
    ["a right of its token", "pveum acl modify / --tokens 'acme@pve!coppice' --roles Administrator", "drift"],
    [
      "a right that reaches no further down",
      "pveum acl modify /pool/acme --groups coppice-acme --roles Coppice-Tenant --propagate 0",
      "drift",
    ],
    ["another group of its user", "pveum user modify acme@pve --groups staff --append", "drift"],
    ["the token", "pveum user token remove acme@pve coppice", "drift"],
    ["the user", "pveum user delete acme@pve", "drift"],
    ["the group", "pveum group delete coppice-acme", "drift"],
    ["a role", "pveum role delete Coppice-Tenant-Storage", "drift"],
    ["the mark", "pveum pool modify acme --comment Physics", "drift"],
  ])("is seen to differ by hand in %s, and put right", async (_, command, path) => {
    const state = await lab.bring("acme", {});
    const before = await lab.users();
    await shell(command);
    const { state: found = state } = await lab.read(state);
    expect(lab.diff("acme", {}, found).map((each) => each.replace(/\[.*/, ""))).toContain(path);
    const again = await lab.bring("acme", {}, found);
    const said = (lines: string[]) => lines.filter((line) => !line.startsWith("pool:"));
    expect(said(await lab.users())).toEqual(said(before));
    expect(lab.diff("acme", {}, again)).toEqual([]);
    expect((await lab.read(again)).state).toEqual(again);
  });

  test("is neither removed nor said to be gone by a token that does not see all of it", async () => {
    const state = await lab.bring("acme", {});
    const made = await lab.users();
    await shell("pveum role add Pools --privs 'Pool.Allocate Pool.Audit'");
    await shell("pveum user add pools@pve && pveum acl modify /pool --users pools@pve --roles Pools");
    const told = await shell("pveum user token add pools@pve one --privsep 0");
    const before = await lab.users();
    await lab.cluster.reconnect({ token: `pools@pve!one=${uuidIn(told)}` });
    const refused =
      /the token lacks User\.Modify and Group\.Allocate on \/access\/groups.*\[pve\.forbidden\]$/;
    await expect(lab.remove(state)).rejects.toThrow(refused);
    expect(await lab.users()).toEqual(before);
    await shell("pveum pool delete acme");
    await expect(lab.read(state)).rejects.toThrow(refused);
    await lab.cluster.reconnect();
    const found = await lab.read(state);
    expect(found.state?.drift).toContain("the pool acme");
    await lab.bring("acme", {}, found.state);
    expect(await lab.users()).toEqual(expect.arrayContaining(made));
    await shell("pveum pool delete acme");
    await lab.remove(state);
    expect((await lab.users()).join("\n")).not.toMatch(/acme|Coppice-Tenant/);
  });

  test("takes no user whom somebody made anew by hand", async () => {
    const state = await lab.bring("acme", {});
    await shell("pveum user delete acme@pve && pveum user add acme@pve");
    await expect(lab.bring("acme", {}, state)).rejects.toThrow(
      /a user 'acme@pve' already, and somebody made it by hand.*\[quota\.taken\]$/,
    );
    await lab.remove(state);
    expect(await lab.users()).toEqual(
      expect.arrayContaining([...fresh, expect.stringMatching(/^user:acme@pve:/)]),
    );
    expect((await lab.users()).length).toBe(fresh.length + 1);
  });

  test("whose user's comment was wiped is removed with it", async () => {
    const state = await lab.bring("acme", {});
    await shell("pveum user modify acme@pve --comment ''");
    await lab.remove(state);
    expect(await lab.users()).toEqual(fresh);
  });

  test.each([
    ["by hand", "pveum user token add acme@pve coppice --privsep 0"],
    [
      "by a run whose answer was lost",
      "pveum user token add acme@pve coppice --privsep 0 --comment 'Classes of tenant acme'",
    ],
  ])("whose token was made anew %s gets one whose secret is known", async (_, command) => {
    const state = await lab.bring("acme", {});
    await shell(`pveum user token remove acme@pve coppice && ${command}`);
    const { state: found } = await lab.read(state);
    expect(found?.drift).toEqual(["the token acme@pve!coppice"]);
    const again = await lab.bring("acme", {}, found);
    expect(again.tokenSecret).not.toBe(state.tokenSecret);
    expect(await shell("cat /etc/pve/priv/token.cfg")).toContain(`acme@pve!coppice ${again.tokenSecret}\n`);
    expect((await lab.read(again)).state).toEqual(again);
  });
});
