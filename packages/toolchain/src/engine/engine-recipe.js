import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ENGINE_VERSION } from "../versions.js";

/** The folder with the engine's `go.mod` and `go.sum`: every module of the build with its checksum. */
export const RECIPE_FOLDER = fileURLToPath(new URL("../../engine", import.meta.url));

/** The arguments of the one `go` call that makes the engine; the output file follows. */
export const GO_BUILD = [
  "build",
  "-v",
  "-trimpath",
  "-ldflags",
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${ENGINE_VERSION}`,
];

/** The package that is built. */
export const GO_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/**
 * The settings of that call. `readonly`: the committed `go.sum` is complete, nothing may be added to it unseen.
 * Without cgo the result does not depend on whether a C compiler is there.
 */
export const GO_SETTINGS = { GOFLAGS: "-modcacherw -mod=readonly", CGO_ENABLED: "0", GOWORK: "off" };

/**
 * Eight digits that change whenever the recipe does, for the name of the cache folder.
 * @returns {string}
 */
export function recipeHash() {
  const hash = createHash("sha256").update(JSON.stringify([GO_BUILD, GO_PACKAGE, GO_SETTINGS]));
  for (const name of ["go.mod", "go.sum"]) hash.update(readFileSync(`${RECIPE_FOLDER}/${name}`));
  return hash.digest("hex").slice(0, 8);
}
