import { expect, test } from "vitest";
import { documentStack, namedStack, tenantStack } from "./document-stack.ts";

test.each([
  ["LabClass", {}, "coppice-tenant", "main"],
  ["LabClass", { tenant: "acme" }, "coppice-tenant", "acme.main"],
  ["OverlayVmPool", { tenant: "acme" }, "coppice-tenant", "acme.main"],
  ["Pool", {}, "coppice-cluster", "main"],
] as const)("a %s of %o stands in %s/%s, whose name says so", (kind, inputs, project, stack) => {
  const found = documentStack({ kind, cluster: "main", inputs });
  expect(found).toEqual({ project, stack, cluster: "main", ...inputs });
  expect(found && namedStack({ project, stack })).toEqual(found);
});

test("what others refer to stands in no stack", () => {
  expect(documentStack({ kind: "Template", cluster: "main", inputs: {} })).toBeUndefined();
});

test("what is nobody's has a stack of its own", () => {
  expect(tenantStack("main").stack).toBe("main");
  expect(tenantStack("main", "acme").stack).toBe("acme.main");
});
