import { expect, test } from "vitest";
import type { ClusterVersion } from "./cluster-version.ts";
import { changesWords, versionChanges } from "./version-changes.ts";

type Declared = Readonly<Record<string, number>>;

const version = (result: ClusterVersion["result"], declared?: Declared): ClusterVersion => ({
  number: 1,
  time: undefined,
  verb: "update",
  result,
  who: undefined,
  message: "",
  project: "coppice-cluster",
  documents:
    declared &&
    Object.entries(declared).map(([name, machines]) => ({
      kind: "TenantQuota",
      name,
      inputs: { limits: { machines } },
    })),
});
const told = (versions: readonly ClusterVersion[]) =>
  versions.map((each, index) => changesWords(versionChanges(versions.slice(0, index), each), each));

test("a removal that failed removed nothing, and nothing is added by what comes after it", () => {
  const versions = [
    version("succeeded", { acme: 3 }),
    version("failed", {}),
    version("succeeded", { acme: 3 }),
  ];
  expect(told(versions)).toEqual(["TenantQuota acme added", "tried: TenantQuota acme removed", ""]);
});

test("whichever brings to its end what one was killed in says what became of it", () => {
  const versions = [
    version("failed", { acme: 3 }),
    version("succeeded", { acme: 3 }),
    version("failed", { acme: 4 }),
    version("succeeded"),
    version("succeeded", { acme: 4 }),
  ];
  expect(told(versions)).toEqual([
    "tried: TenantQuota acme added",
    "TenantQuota acme added",
    "tried: acme: limits.machines 3 → 4",
    "",
    "acme: limits.machines 3 → 4",
  ]);
});

test("what a failed run began is removed by the removal of it", () => {
  const removal = { ...version("succeeded", {}), verb: "destroy" };
  expect(told([version("failed", { acme: 3 }), removal])[1]).toBe("TenantQuota acme removed");
  expect(told([version("failed", { acme: 3 }), version("succeeded", {})])[1]).toBe("");
});

test("stacks of one cluster are told apart", () => {
  const other = { ...version("succeeded", { acme: 3 }), project: "coppice-documents" };
  expect(told([other, version("succeeded", { acme: 3 })])[1]).toBe("TenantQuota acme added");
});
