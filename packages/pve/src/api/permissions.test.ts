import { expect, test } from "vitest";
import { FakeCaller } from "../fixtures/fake-caller.ts";
import { holdsRight, holdsRightBelow, readPermissions } from "./permissions.ts";

const answer = {
  "/": { "Sys.Audit": 0 },
  "/vms": { "VM.Audit": 1, "VM.Clone": 0 },
  "/vms/100": { "VM.Clone": 1 },
  "/pool/lab": { "VM.Allocate": 0 },
};
const permissions = await readPermissions(new FakeCaller(() => answer));

test("a right holds on its own path whether or not it is handed down", () => {
  expect(holdsRight(permissions, "/", "Sys.Audit")).toBe(true);
  expect(holdsRight(permissions, "/vms", "VM.Clone")).toBe(true);
  expect(holdsRight(permissions, "/pool/lab", "VM.Allocate")).toBe(true);
});

test("only what is handed down holds on the paths below", () => {
  expect(holdsRightBelow(permissions, "/vms", "VM.Audit")).toBe(true);
  expect(holdsRightBelow(permissions, "/vms", "VM.Clone")).toBe(false);
  expect(holdsRight(permissions, "/vms/200", "VM.Audit")).toBe(true);
  expect(holdsRight(permissions, "/nodes/pve1", "Sys.Audit")).toBe(false);
});

test("a nearer path replaces what comes from above", () => {
  expect(holdsRight(permissions, "/vms/100", "VM.Audit")).toBe(false);
});

test("a path that hands nothing down lets pass what comes from above it", () => {
  const passing = new Map([
    ["/", new Map([["VM.Audit", true]])],
    ["/vms", new Map([["VM.Clone", false]])],
  ]);
  expect(holdsRightBelow(passing, "/vms", "VM.Audit")).toBe(true);
});
