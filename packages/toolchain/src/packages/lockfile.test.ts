import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";

interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = new URL("../../../../package-lock.json", import.meta.url);
// npm's own format, lockfileVersion 3; npm refuses any other shape before a test could run.
const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Readonly<Record<string, Locked>> };

/** Node's own search: beside the package's dependencies first, then outwards. */
function isNamed(from: string, name: string): boolean {
  const place = from === "." ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  return place in packages || (from !== "." && isNamed(dirname(from), name));
}

test("the lockfile names the optional packages of every platform; npm ci refuses it otherwise", () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isNamed(path || ".", name)),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

test("the lockfile holds no addresses, so that any registry can serve it", () => {
  const addresses = Object.values(packages).map(({ resolved = "" }) => resolved);
  expect(addresses.filter((address) => address.includes("://"))).toEqual([]);
});
