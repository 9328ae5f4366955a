import { dependencyClosure, isObject, programPackage } from "./installed-packages.js";

/** @typedef {import("./installed-packages.js").Manifest} Manifest */
/** @typedef {import("../messages/responses.js").RequiredPackage} RequiredPackage */
/** @typedef {import("../messages/responses.js").Parameterization} Parameterization */

/**
 * The provider plugins of a program: those that its dependencies name in the `pulumi`
 * section of their package.json.
 *
 * @param {string} programFolder
 * @returns {RequiredPackage[]}
 */
export function requiredPackages(programFolder) {
  const root = programPackage(programFolder);
  if (!root) return [];
  return dependencyClosure(root).flatMap(({ manifest }) => requiredPackage(manifest) ?? []);
}

/**
 * @param {Manifest} manifest
 * @returns {RequiredPackage | undefined}
 */
function requiredPackage(manifest) {
  const pulumi = manifest["pulumi"];
  if (!isObject(pulumi) || pulumi["resource"] !== true) return undefined;
  const name = pluginName(manifest, pulumi);
  const version = textOf(pulumi, "version") || textOf(manifest, "version");
  if (name === "" || version === "") return undefined;
  const parameterization = parameterizationOf(pulumi["parameterization"]);
  const extension = parameterizationOf(pulumi["extensionParameterization"]);
  return {
    name,
    version: version.startsWith("v") ? version : `v${version}`,
    server: textOf(pulumi, "server"),
    ...(parameterization ? { parameterization } : {}),
    ...(extension ? { extension } : {}),
  };
}

/**
 * Only packages of the scope @pulumi are named after themselves; others have to say
 * their plugin's name, and without it they have none, as with the official host.
 *
 * @param {Manifest} manifest
 * @param {Manifest} pulumi
 */
function pluginName(manifest, pulumi) {
  const scope = "@pulumi/";
  const ownName = textOf(manifest, "name");
  return textOf(pulumi, "name") || (ownName.startsWith(scope) ? ownName.slice(scope.length) : "");
}

/** @param {unknown} value @returns {Parameterization | undefined} */
function parameterizationOf(value) {
  if (!isObject(value)) return undefined;
  return { name: textOf(value, "name"), version: textOf(value, "version"), value: textOf(value, "value") };
}

/** @param {Manifest} object @param {string} key */
function textOf(object, key) {
  const value = object[key];
  return typeof value === "string" ? value : "";
}
