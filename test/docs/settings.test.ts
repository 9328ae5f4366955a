import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  clusterVariables,
  homeVariables,
  projectVariables,
  toolVariables,
} from "../../generate/pages/environment-variables.data.ts";
import { root } from "./markdown.ts";

const named = [...clusterVariables, ...projectVariables, ...homeVariables, ...toolVariables].map(
  ({ name }) => name,
);

/** What is read of an environment, in each of the ways in which our sources write it. */
const reads = [
  /\b(?:env|environment)(?:\?\.)?\.?(?:\[")?([A-Z][A-Z0-9_]+)/g,
  /"((?:PROXMOX_VE|COPPICE|PULUMI_CONFIG_PASSPHRASE)[A-Z0-9_]*)"/g,
  /\{ env: "([A-Z][A-Z0-9_]+)" \}/g,
];

/** Of a text, the variables that it reads. */
function variablesIn(text: string): string[] {
  // A comment shows what somebody might write.
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  return reads.flatMap((pattern) => [...code.matchAll(pattern)].map(([, name = ""]) => name));
}

/** The product's sources: not its tests, nor what runs them, nor examples in descriptions. */
function productSources(): string[] {
  const files = globSync("packages/*/{src,bin}/**/*.{ts,js}", { cwd: root });
  const left = /\.test\.|\/fixtures\/|^packages\/testkit\/|^packages\/toolchain\/src\/tests\/|\/kinds\//;
  return files.filter((file) => !left.test(file));
}

describe("the page on settings", () => {
  const read = new Map<string, string>(
    productSources().flatMap((file) =>
      variablesIn(readFileSync(join(root, file), "utf8")).map((name) => [name, file] as const),
    ),
  );

  test("names every variable that the sources read", () => {
    expect([...read].filter(([name]) => !named.includes(name))).toEqual([]);
  });

  test("names none that no source knows", () => {
    const sources = productSources().map((file) => readFileSync(join(root, file), "utf8"));
    expect(named.filter((name) => !sources.some((text) => text.includes(name)))).toEqual([]);
  });
});

test.each([
  ['host.env["COPPICE_SPEED"]', "COPPICE_SPEED"],
  ["process.env.COPPICE_SPEED", "COPPICE_SPEED"],
  ['environment["SPEED"] ?? 1', "SPEED"],
  ['const names = ["COPPICE_SPEED"];', "COPPICE_SPEED"],
  ['token: { env: "SPEED_TOKEN" }', "SPEED_TOKEN"],
])("%s is a variable that is read", (code, name) => {
  expect(variablesIn(code)).toContain(name);
});
