import { expect, test } from "vitest";
import { stackPlace } from "./stack-place.ts";

const name = { project: "coppice-tenant", stack: "main" };

test("beside state in files lie the leases, the orders and what is ignored of all who use it", () => {
  expect(stackPlace({ folder: "/h", backend: "file:///var/state" }, name)).toEqual({
    leases: "/var/state/.coppice/leases/coppice-tenant/main",
    orders: "/var/state/.coppice/orders/coppice-tenant/main",
    ignored: "/var/state/.coppice/ignored/coppice-tenant/main.json",
    engineLocks: "/var/state/.pulumi/locks/organization/coppice-tenant/main",
  });
});

test("for every other backend they lie in the home, apart for each backend, and the engine's lock is its own affair", () => {
  const places = ["postgres://db/a", "s3://b"].map((backend) => stackPlace({ folder: "/h", backend }, name));
  expect(new Set(places.map(({ leases }) => leases)).size).toBe(2);
  for (const place of places) {
    expect(place.leases).toMatch(/^\/h\/shared\/\w+\/leases\/coppice-tenant\/main$/);
    expect(place.engineLocks).toBeUndefined();
  }
});
