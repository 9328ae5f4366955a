import type { Permissions } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { missingBridges } from "./missing-bridges.ts";

const permissions = (rights: Readonly<Record<string, string>>): Permissions =>
  new Map(Object.entries(rights).map(([path, right]) => [path, new Map([[right, true]])]));
const all = permissions({ "/": "SDN.Use" });
const shown = new Set(["vmbr0", "lab"]);

describe("bridges that a node does not have", () => {
  test("are those that it does not show, each once", () => {
    expect(missingBridges(["vmbr0", "lab", "vmbr7", "vmbr7"], shown, all)).toEqual(["vmbr7"]);
  });

  test.each([
    ["on the bridge", { "/sdn/zones/localnetwork/vmbr7": "SDN.Use" }, ["vmbr7"]],
    ["on one VLAN of it", { "/sdn/zones/localnetwork/vmbr7/42": "SDN.Use" }, ["vmbr7"]],
    ["to look at its zone", { "/sdn/zones/simple": "SDN.Audit" }, ["vmbr7"]],
    ["on another bridge", { "/sdn/zones/localnetwork/vmbr0": "SDN.Use" }, []],
    ["of another kind", { "/sdn/zones": "SDN.Allocate" }, []],
  ])("are judged as far as the token would be shown them: a right %s", (_, rights, missing) => {
    expect(missingBridges(["vmbr7"], shown, permissions(rights))).toEqual(missing);
  });

  test("are not judged on a node that shows none, whose network Proxmox does not know", () => {
    expect(missingBridges(["vmbr0"], new Set(), all)).toEqual([]);
  });
});
