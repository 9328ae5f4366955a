import { fileURLToPath } from "node:url";
import { ENGINE_VERSION } from "../base/versions.js";

/**
 * The Pulumi engine.
 * @type {import("../go/go-recipe.js").GoRecipe}
 */
export const ENGINE = {
  name: "engine",
  what: "the Pulumi engine",
  kept: "engine",
  modules: fileURLToPath(new URL("../../engine", import.meta.url)),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  version: ENGINE_VERSION,
  versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
  binary: "pulumi",
  expected: { packages: 1650, disk: "7 GB" },
};
