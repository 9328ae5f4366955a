import { rightsTable } from "@coppice/clusters";
import type { Permissions } from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { findingsReport } from "../output/findings-report.ts";
import { checkRights } from "./check-rights.ts";

const scope = { storage: "nas", bridge: "vmbr0", pool: "lab", template: 9000 };
const all = rightsTable.map(({ privilege }) => privilege);
const onMachines = rightsTable.flatMap(({ on, privilege }) => (on === "machines" ? [privilege] : []));

const grants = (paths: Readonly<Record<string, readonly string[]>>, handedDown = true): Permissions =>
  new Map(
    Object.entries(paths).map(([path, names]) => [path, new Map(names.map((name) => [name, handedDown]))]),
  );
const lacking = (permissions: Permissions) =>
  checkRights(permissions, scope).filter(({ state }) => state !== "ok");

test("a token with all rights at the root lacks nothing", () => {
  expect(lacking(grants({ "/": all }))).toEqual([]);
});

test("rights on a path replace those from above, so a narrower grant can take one away", () => {
  expect(lacking(grants({ "/": all, "/storage/nas": ["Datastore.Audit"] }))).toEqual([
    {
      state: "limited",
      what: "Datastore.AllocateSpace on /storage/nas",
      disables: expect.stringContaining("no data disks"),
      granted: true,
    },
  ]);
});

test("rights on all machines that are not handed down reach none", () => {
  const missing = lacking(new Map([...grants({ "/": all }), ...grants({ "/": all, "/vms": all }, false)]));
  expect(missing.map(({ what }) => what)).toContain("VM.Allocate on /vms or /pool/lab");
});

test("moving copies between nodes is asked for only where each node has its own storage", () => {
  const without = all.filter((right) => right !== "VM.Migrate");
  const missing = (isLocal: boolean) =>
    checkRights(grants({ "/": without }), { ...scope, isLocal })
      .filter(({ state }) => state !== "ok")
      .map(({ what }) => what);
  expect(missing(false)).toEqual([]);
  expect(missing(true)).toEqual(["VM.Migrate on /vms or /pool/lab"]);
});

test("a virtual network may lie in any zone that the token has rights in", () => {
  const others = all.filter((right) => right !== "SDN.Use");
  const held = grants({ "/": others, "/sdn/zones/lab/vmbr0": ["SDN.Use"] });
  expect(lacking(held)).toEqual([]);
});

describe("a tenant's token", () => {
  const tenant = {
    "/pool/lab": onMachines,
    "/vms/9000": ["VM.Audit", "VM.Clone"],
    "/storage/nas": ["Datastore.Audit", "Datastore.AllocateSpace"],
    "/sdn/zones/localnetwork/vmbr0": ["SDN.Use"],
  };

  test("needs its rights on machines in the pool alone, and none to add members", () => {
    const findings = checkRights(grants(tenant), scope);
    expect(findings.filter(({ state }) => state === "missing")).toEqual([]);
    expect(findings.map(({ what }) => what)).toContain("VM.Allocate on /pool/lab");
    expect(findings.map(({ what }) => what)).not.toContain("Pool.Allocate on /pool/lab");
    expect(findings.filter(({ state }) => state === "limited").map(({ what }) => what)).toEqual([
      "Sys.Audit on /nodes",
      "Sys.Audit on /",
    ]);
  });

  test("is told both places where a right would do, and that the template cannot be read", () => {
    const without = { ...tenant, "/pool/lab": ["VM.Audit"], "/vms/9000": [] };
    expect(lacking(grants(without)).map(({ what }) => what)).toEqual(
      expect.arrayContaining(["VM.Config.Disk on /vms or /pool/lab", "VM.Audit on /vms/9000"]),
    );
  });
});

test("the report begins with what is missing and ends with what that means", () => {
  const without = all.filter((right) => right !== "VM.Allocate" && right !== "VM.Clone");
  const findings = checkRights(grants({ "/": without }), { storage: "nas", bridge: "vmbr0" });
  const lines = findingsReport(findings);
  expect(lines[0]).toMatch(/^missing {2}VM\.Allocate on \/vms +no machine can be made or removed$/);
  expect(lines[1]).toMatch(/^limited {2}VM\.Clone on \/vms +no method 'linked'/);
  expect(lines.at(-1)).toMatch(/^1 missing: no class can be made\. docs\/guides\/permissions\.md/);
});
