import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strikeAt } from "../class-crash/moment.ts";
import { countWrites } from "./count-writes.ts";
import type { DocumentsLab } from "./documents-lab.ts";
import { ledgerPlace } from "./ledger-place.ts";
import { ledgerOf, limitTenant, startTenantLab, tenantClass } from "./tenant-lab.ts";

/** A tenant that may have three machines; the tests stand on each other. */
describe("what a tenant was promised", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await startTenantLab({ machines: 3 });
    for (const name of ["one", "two"]) await lab.write(`${name}.yaml`, tenantClass(name, 2));
    await lab.write("nobodys.yaml", tenantClass("nobodys", 1, { tenant: undefined }));
  }, 60_000);
  afterAll(() => lab.remove());

  const made = async () => new Set((await lab.machines()).map((line) => /\w+(?=-seat)/.exec(line)?.[0]));
  const has = (name: string, machines: number) => ({ what: `class "${name}"`, amounts: { machines } });

  test("starts no PostgreSQL for documents that are nobody's", async () => {
    expect(await lab.run("up", "nobodys.yaml", "--yes")).toMatchObject({ code: 0 });
    expect(existsSync(ledgerPlace(`${lab.folder}/home`))).toBe(false);
  });

  test("goes to exactly one of two classes at once of which one fits; the other is refused, and nothing of it made", async () => {
    const both = await Promise.all(["one", "two"].map((name) => lab.run("up", `${name}.yaml`, "--yes")));
    const [winner, loser] = both[0]?.code === 0 ? ["one", "two"] : ["two", "one"];
    const refused = both.find(({ code }) => code !== 0);
    expect(new Set(both.map(({ code }) => code))).toEqual(new Set([0, 2]));
    expect(refused?.out).toMatch(
      new RegExp(
        `The limits of tenant "acme" leave no room for class "${loser}": machines: 2 asked for, 1 allowed ` +
          `\\(limit 3, .*\\), 1 too many\\..*\\[quota\\.exceeded\\]`,
      ),
    );
    expect(await made()).toEqual(new Set(["nobodys", winner]));
    expect(await ledgerOf(lab)).toMatchObject([
      { tenant: "acme", cluster: "main", holdings: [has(winner ?? "", 2)], reservations: [] },
    ]);
    await lab.run("destroy", `${winner}.yaml`, "--yes");
    expect(await ledgerOf(lab)).toEqual([]);
  });

  test("is what one command that wants both is refused for: one of them has the room", async () => {
    const { code, out } = await lab.run("up", "one.yaml", "two.yaml", "--yes");
    const [loser = ""] = ["one", "two"].filter((name) => out.includes(`no room for class "${name}"`));
    const winner = loser === "one" ? "two" : "one";
    expect([code, loser]).toEqual([2, expect.stringMatching(/one|two/)]);
    expect(await made()).toEqual(new Set(["nobodys", winner]));
    const writes = countWrites(lab.emulator);
    const again = await lab.run("up", `${loser}.yaml`, "--yes");
    writes.stop();
    // What does not fit is made nothing of: no call changes anything.
    expect([again.code, writes.paths.filter((path) => !path.includes("/access/ticket"))]).toEqual([2, []]);
  });

  test("follows what becomes of a class, and is made anew as it was", async () => {
    await limitTenant(lab, { machines: 10 });
    await lab.write("one.yaml", tenantClass("one", 4));
    expect(await lab.run("up", "one.yaml", "two.yaml", "--yes")).toMatchObject({ code: 0 });
    expect(await lab.run("reset", "two.yaml", "seat-01", "--yes")).toMatchObject({ code: 0 });
    const before = await ledgerOf(lab);
    expect(before).toMatchObject([{ holdings: [has("one", 4), has("two", 2)], reservations: [] }]);
    expect(await lab.run("ledger", "rebuild")).toMatchObject({ code: 0 });
    expect(await ledgerOf(lab)).toEqual(before);
    const { out } = await lab.run("ledger", "show");
    expect(out).toMatch(/^acme +main +class "one" +4 +/m);
  });

  test("is made anew of what was lost, and without what somebody removed by hand", async () => {
    const before = await ledgerOf(lab);
    expect(await lab.run("ledger", "rebuild", "--tenant", "gone")).toMatchObject({ code: 0 });
    expect(await ledgerOf(lab)).toEqual(before);
    const [machine = ""] = (await lab.machines()).filter((line) => line.includes("one-seat"));
    await lab.cluster.shell("pve1", `qm destroy ${Number.parseInt(machine, 10)} || true`);
    await lab.cluster.shell("pve2", `qm destroy ${Number.parseInt(machine, 10)} || true`);
    expect(await lab.run("ledger", "rebuild", "--cluster", "main")).toMatchObject({ code: 0 });
    expect(before).toMatchObject([{ holdings: [has("one", 4), has("two", 2)] }]);
    expect(await ledgerOf(lab)).toMatchObject([{ holdings: [has("one", 3), has("two", 2)] }]);
  });

  test("is settled by a run that Ctrl-C ends, which nothing is held for any more", async () => {
    await lab.write("three.yaml", tenantClass("three", 4));
    const child = lab.start(["up", "three.yaml", "--yes"]);
    for (const pipe of [child.stdout, child.stderr]) pipe?.resume();
    const creating = { at: "request", method: "POST", path: /^\/nodes\/[^/]+\/qemu$/ } as const;
    const watch = strikeAt(lab.emulator, creating, () => {
      child.kill("SIGINT");
      return undefined;
    });
    await once(child, "exit");
    watch.stop();
    expect([watch.hasStruck(), child.exitCode]).toEqual([true, 130]);
    expect(await readdir(join(lab.folder, "home/unsettled"))).toEqual([]);
    expect(await ledgerOf(lab)).toMatchObject([{ tenant: "acme", reservations: [] }]);
    expect(await lab.run("up", "three.yaml", "--yes")).toMatchObject({ code: 0 });
    const all = (await ledgerOf(lab)).flatMap(({ holdings }) => holdings);
    expect(all).toContainEqual(expect.objectContaining({ what: 'class "three"' }));
  });
});
