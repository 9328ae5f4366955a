import { expect, test } from "vitest";
import { findingsReport } from "../output/findings-report.ts";
import { checkRights } from "./check-rights.ts";
import { neededRights } from "./needed-rights.ts";

const scope = { storage: "nas", bridge: "vmbr0", pool: "lab" };
const all = new Set(neededRights(scope).flatMap(({ privileges }) => privileges));

test("a token with all rights at the root lacks nothing", () => {
  const findings = checkRights(new Map([["/", all]]), scope);
  expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
});

test("rights on a path replace those from above, so a narrower grant can take one away", () => {
  const permissions = new Map([
    ["/", all],
    ["/storage/nas", new Set(["Datastore.Audit"])],
  ]);
  expect(checkRights(permissions, scope).filter(({ state }) => state !== "ok")).toEqual([
    {
      state: "limited",
      what: "Datastore.AllocateSpace on /storage/nas",
      disables: expect.stringContaining("no data disks"),
    },
  ]);
});

test("the report begins with what is missing and ends with what that means", () => {
  const without = new Set([...all].filter((right) => right !== "VM.Allocate" && right !== "VM.Clone"));
  const lines = findingsReport(checkRights(new Map([["/", without]]), scope));
  expect(lines[0]).toMatch(/^missing {2}VM\.Allocate on \/vms +no machine can be made or removed$/);
  expect(lines[1]).toMatch(/^limited {2}VM\.Clone on \/vms +no method 'linked'/);
  expect(lines.at(-1)).toMatch(/^1 missing: no class can be made/);
});
