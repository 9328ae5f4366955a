import { fileURLToPath } from "node:url";
import { YAML_HOST_VERSION } from "../base/versions.js";

/**
 * The host of programs that are written in YAML. Other than the Node host, its source is in the module proxy.
 * @type {import("../go/go-recipe.js").GoRecipe}
 */
export const YAML_HOST = {
  name: "YAML host",
  what: "the YAML language host",
  kept: "yaml-host",
  modules: fileURLToPath(new URL("../../yaml-host", import.meta.url)),
  package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  version: YAML_HOST_VERSION,
  versionVariable: "github.com/pulumi/pulumi-yaml/pkg/version.Version",
  binary: "pulumi-language-yaml",
  expected: { packages: 660, disk: "2 GB" },
};
