import { chmod, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listAcl, readToken } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expire, idIn, RotationLab, rootPassword } from "./rotation-lab.ts";

let at: RotationLab;
beforeAll(async () => {
  at = await RotationLab.start();
});
beforeEach(() => at.renew());
afterAll(() => at[Symbol.asyncDispose]());

const account = { username: "root@pam", password: rootPassword };
const nameOf = (id: string) => ({ userid: "coppice@pve", tokenid: id.slice(id.indexOf("!") + 1) });

describe("by the token itself, as the guide lets it", () => {
  test("the new one is as the old one was, and the old one is gone", async () => {
    const old = await at.register();
    await chmod(at.tokenFile, 0o640);
    const { code, out } = await at.run(["rotate-token", "main"]);
    expect(out).toMatch(
      /^'main' uses the token coppice@pve!classes-[0-9a-f]{8}\ncoppice@pve!classes is removed\n$/,
    );
    expect(code).toBe(0);
    const token = await at.inFile();
    expect(await at.works(token)).toBe(true);
    expect(await at.works(old)).toBe(false);
    expect(await at.tokens()).toEqual([idIn(token)]);
    const settings = await readToken(at.lab.client, nameOf(idIn(token)));
    expect(settings).toEqual({ privsep: false, expire: expire, comment: "For classes" });
    expect((await stat(at.tokenFile)).mode & 0o777).toBe(0o640);
    expect(await at.leftovers()).toEqual([]);
    expect(out).not.toContain(token.slice(token.indexOf("=") + 1));
  });

  test("again and again, under one name with another mark", async () => {
    await at.register();
    const first = await at.rotate();
    const second = await at.rotate();
    expect(second.from).toBe(first.to);
    expect(second.to).toMatch(/^coppice@pve!classes-[0-9a-f]{8}$/);
    expect(await at.tokens()).toEqual([second.to]);
  });

  test("the old one may be kept: the next call removes it and makes none", async () => {
    const old = await at.register();
    const { to } = await at.rotate({ keepOld: true });
    expect(await at.works(old)).toBe(true);
    expect(await at.rotate({ keepOld: true })).toMatchObject({ to, isOldGone: false });
    expect(await at.rotate()).toEqual({ from: "coppice@pve!classes", to, isOldGone: true });
    expect(await at.tokens()).toEqual([to]);
    expect(await at.leftovers()).toEqual([]);
  });
});

describe("a token that may not", () => {
  const forbid = () =>
    at.lab.shell(
      "pve1",
      "pveum acl delete /access/groups/coppice-tokens --users coppice@pve --roles CoppiceTokens",
    );

  test("is told so, with the way out, before anything is made", async () => {
    const old = await at.register();
    await forbid();
    await at.lab.shell("pve1", "pveum acl delete / --users coppice@pve --roles PVEAdmin");
    await at.lab.shell("pve1", "pveum acl modify / --users coppice@pve --roles PVEVMAdmin");
    const { code, out } = await at.run(["rotate-token", "main"]);
    expect(out).toMatch(
      /No token can be made for coppice@pve: .*docs\/guides\/clusters\.md.*--user.*\[cluster\.rotation\]/s,
    );
    expect(code).toBe(1);
    expect(await at.tokens()).toEqual(["coppice@pve!classes"]);
    expect(await at.inFile()).toBe(old);
    expect(await at.leftovers()).toEqual([]);
  });

  test("is replaced by somebody who may", async () => {
    await at.register();
    await forbid();
    const given = ["--user", "root@pam", "--password-env", "ROOT_PASSWORD"];
    const { out, code } = await at.run(["rotate-token", "main", ...given], { ROOT_PASSWORD: rootPassword });
    expect(out).toContain("coppice@pve!classes is removed");
    expect(code).toBe(0);
    expect(await at.tokens()).toEqual([idIn(await at.inFile())]);
  });
});

describe("a token with rights of its own", () => {
  const grant =
    "pveum acl modify /vms --tokens 'coppice@pve!classes' --roles PVEVMAdmin; pveum acl modify / --tokens 'coppice@pve!classes' --roles PVEAuditor --propagate 0";
  const rightsOf = async (token: string) =>
    (await listAcl(at.lab.client))
      .filter(({ ugid }) => ugid === token)
      .map(({ path, roleid, propagate }) => `${path} ${roleid} ${propagate}`)
      .sort();

  test("passes them on", async () => {
    await at.register("--privsep 1");
    await at.lab.shell("pve1", grant);
    const before = await rightsOf("coppice@pve!classes");
    const { to } = await at.rotate({ account });
    expect(before).toEqual(["/ PVEAuditor false", "/vms PVEVMAdmin true"]);
    expect(await rightsOf(to)).toEqual(before);
    expect(await readToken(at.lab.client, nameOf(to))).toMatchObject({ privsep: true });
    expect(await at.works(await at.inFile())).toBe(true);
  });

  test("is not replaced by one that can do less: what was made is taken back", async () => {
    const old = await at.register("--privsep 1");
    await at.lab.shell("pve1", grant);
    // Who may make tokens and change the rights of one path sees half of them.
    await at.lab.shell(
      "pve1",
      "set -e; pveum role add Half --privs 'Permissions.Modify'; pveum user add half@pve --password 'half of the rights'; pveum acl modify /vms --users half@pve --roles Half; pveum acl modify /access/groups/coppice-tokens --users half@pve --roles CoppiceTokens",
    );
    const half = { username: "half@pve", password: "half of the rights" };
    await expect(at.rotate({ account: half })).rejects.toThrow(/has other rights.*differ on \//);
    expect(await at.tokens()).toEqual(["coppice@pve!classes"]);
    expect(await at.inFile()).toBe(old);
    expect(await at.leftovers()).toEqual([]);
  });
});

describe("refused, with nothing made", () => {
  test("a token in a variable", async () => {
    const token = await at.register();
    await at.writeEntry("main", "{ env: ROTATED }");
    const { out } = await at.run(["rotate-token", "main"], { ROTATED: token });
    expect(out).toMatch(/in the environment variable ROTATED.*pveum user token add.*\[cluster\.rotation\]/s);
    expect(await at.tokens()).toHaveLength(1);
  });

  test("one that another entry has from elsewhere; entries of one file are served at once", async () => {
    const token = await at.register();
    await at.writeEntry("same", `{ file: ${at.tokenFile} }`);
    await writeFile(join(at.home, "copy"), token);
    await at.writeEntry("other", `{ file: ${join(at.home, "copy")} }`);
    await expect(at.rotate()).rejects.toThrow(/another place has it as well: the entry of other/);
    expect(await at.tokens()).toHaveLength(1);
    await rm(join(at.clusters, "other.yaml"));
    await at.rotate();
    expect((await at.run(["list"])).out).toMatch(/^same .* yes /m);
  });
});
