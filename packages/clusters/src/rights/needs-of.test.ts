import type { Permissions } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { missingOf } from "./held-rights.ts";
import { needsOf, type RightsScope } from "./needs-of.ts";
import { poolOfCreation } from "./pool-of-creation.ts";
import type { Work } from "./right-row.ts";
import { rightsTable } from "./rights-table.data.ts";

const scope: RightsScope = {
  pool: "lab",
  formerPool: "former",
  templates: [9000, 9001],
  storage: "nas",
  dataStorage: "ssd",
  networks: [["/sdn/zones/localnetwork/vmbr0"], ["/sdn/zones/localnetwork/v7", "/sdn/zones/lab/v7"]],
};
const permissionsOf = (grants: Readonly<Record<string, readonly string[]>>): Permissions =>
  new Map(Object.entries(grants).map(([path, names]) => [path, new Map(names.map((name) => [name, true]))]));
const needed = (work: Work, of: RightsScope = scope) =>
  missingOf(permissionsOf({}), needsOf(new Set([work]), of));

describe("what work needs", () => {
  test.each<readonly [Work, readonly string[]]>([
    [
      "clone",
      [
        "VM.Allocate on /vms or /pool/lab",
        "VM.Clone on /vms/9000",
        "VM.Clone on /vms/9001",
        "Datastore.Audit on /storage/nas",
        "Datastore.AllocateSpace on /storage/nas",
        "SDN.Use on /sdn/zones/localnetwork/vmbr0",
        "SDN.Use on /sdn/zones/localnetwork/v7 or /sdn/zones/lab/v7",
      ],
    ],
    ["data disk", ["Datastore.AllocateSpace on /storage/ssd"]],
    ["join pool", ["VM.Allocate on /vms or /pool/lab", "Pool.Allocate on /pool/lab"]],
    ["leave pool", ["VM.Allocate on /vms or /pool/lab", "Pool.Allocate on /pool/former"]],
    ["quorum", ["VM.Config.Options on /vms or /pool/lab, or Sys.Audit on /"]],
    ["spread", ["Sys.Audit on /nodes"]],
    ["move copy", ["VM.Migrate on /vms or /pool/lab"]],
  ])("to %s", (work, rights) => {
    expect(needed(work)).toEqual(rights);
  });

  test("is asked for nothing that the work is not about", () => {
    expect(needed("clone", {})).toEqual(["VM.Allocate on /vms"]);
    expect(needed("data disk", {})).toEqual([]);
    expect([needed("join pool", {}), needed("leave pool", {})]).toEqual([
      ["VM.Allocate on /vms"],
      ["VM.Allocate on /vms"],
    ]);
  });

  test("is met by any one of the rights that would do", () => {
    const missing = (grants: Readonly<Record<string, readonly string[]>>) =>
      missingOf(permissionsOf(grants), needsOf(new Set(["quorum", "clone"]), scope)).map((text) =>
        text.slice(0, text.indexOf(" ")),
      );
    expect(missing({ "/": ["Sys.Audit"] })).not.toContain("VM.Config.Options");
    expect(missing({ "/vms": ["VM.Config.Options"] })).not.toContain("VM.Config.Options");
    expect(missing({ "/pool/lab": ["VM.Allocate"] })).not.toContain("VM.Allocate");
    expect(missing({ "/sdn/zones/lab/v7": ["SDN.Use"] }).filter((name) => name === "SDN.Use")).toHaveLength(
      1,
    );
  });

  test("stands in one line of the table for each right and place", () => {
    const lines = rightsTable.map(({ privilege, on }) => `${privilege} on ${on}`);
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe("the pool that a create names", () => {
  const all = needsOf(new Set<Work>(["create"]), {}).flatMap(({ row }) =>
    row.on === "machines" ? [row.privilege] : [],
  );

  test("is none where the rights reach all machines, those to come included", () => {
    expect(poolOfCreation("lab", permissionsOf({ "/vms": all }))).toBeUndefined();
    expect(poolOfCreation("lab", permissionsOf({ "/": all }))).toBeUndefined();
  });

  test.each(all)("is the machines' own without %s on all of them", (privilege) => {
    const some = all.filter((each) => each !== privilege);
    expect(poolOfCreation("lab", permissionsOf({ "/vms": some, "/pool/lab": all }))).toBe("lab");
  });
});
