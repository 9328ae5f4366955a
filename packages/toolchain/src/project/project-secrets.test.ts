import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectSecrets } from "./project-secrets.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-secrets-"));
  mkdirSync(join(folder, "sub", "deep"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const project = (text: string) => writeFileSync(join(folder, "Pulumi.yaml"), text);
const local = "name: lab\nbackend:\n  url: file://.\nruntime: nodejs\n";

test("a project's own state and passphrase are found from any folder inside it", () => {
  project(local);
  writeFileSync(join(folder, "passphrase"), "secret\n");
  const expected = {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: join(folder, "passphrase"),
  };
  for (const place of [folder, join(folder, "sub", "deep")])
    expect(projectSecrets(place, {})).toEqual(expected);
});

test("what the user has set counts before, even an empty passphrase", () => {
  project(local);
  writeFileSync(join(folder, "passphrase"), "secret\n");
  expect(projectSecrets(folder, { PULUMI_BACKEND_URL: "s3://x", PULUMI_CONFIG_PASSPHRASE: "" })).toEqual({});
});

test.each([
  ["no state of its own", "name: lab\nruntime: nodejs\n"],
  ["state elsewhere", "name: lab\nbackend:\n  url: file:///srv/state\n"],
  ["state in a service", "name: lab\nbackend: { url: s3://bucket }\n"],
])("nothing is set for %s", (_, text) => {
  project(text);
  expect(projectSecrets(folder, {})).toEqual({});
});

test("state below the project is found there", () => {
  project('name: lab\nbackend:\n  url: "file://./state"\n');
  expect(projectSecrets(join(folder, "sub"), {})).toEqual({ PULUMI_BACKEND_URL: `file://${folder}/state` });
});

test("outside of a project nothing is set", () => {
  expect(projectSecrets(folder, {})).toEqual({});
});
