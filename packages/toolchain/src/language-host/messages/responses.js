/**
 * The answers of this host. Field numbers: pulumi/pulumi v3.255.0,
 * proto/pulumi/language.proto and plugin.proto.
 */
import { boolField, bytesField, message, numberField, textField, textMapField } from "../grpc/wire-writer.js";

/** The answer of every call that returns nothing. */
export const empty = message();

/**
 * @typedef {object} RunOutcome
 * @property {string} error shown to the user; empty when the program succeeded
 * @property {boolean} bail true when the user has already seen why the program failed
 */

/** @param {RunOutcome} outcome */
export function runResponse({ error, bail }) {
  return message(textField(1, error), boolField(2, bail));
}

/** @param {string} version */
export function pluginInfo(version) {
  return message(textField(1, version));
}

/** @param {{ executable: string, version: string, metadata: Record<string, string> }} about */
export function aboutResponse({ executable, version, metadata }) {
  return message(textField(1, executable), textField(2, version), textMapField(3, metadata));
}

/** @param {readonly { name: string, version: string }[]} dependencies */
export function programDependenciesResponse(dependencies) {
  const entries = dependencies.map(({ name, version }) => message(textField(1, name), textField(2, version)));
  return message(...entries.map((entry) => bytesField(1, entry)));
}

/**
 * @typedef {object} Parameterization
 * @property {string} name
 * @property {string} version
 * @property {string} value base64, as package.json holds it
 */

/**
 * @typedef {object} RequiredPackage
 * @property {string} name
 * @property {string} version with a leading "v"
 * @property {string} server where the plugin is downloaded from; empty for the default
 * @property {Parameterization} [parameterization]
 * @property {Parameterization} [extension]
 */

/** @param {readonly RequiredPackage[]} packages */
export function requiredPackagesResponse(packages) {
  return message(...packages.map((entry) => bytesField(1, packageDependency(entry))));
}

/** PluginDependency and PackageDependency share fields 1 to 4. @param {readonly RequiredPackage[]} packages */
export function requiredPluginsResponse(packages) {
  return message(...packages.map((entry) => bytesField(1, pluginDependency(entry))));
}

/** @param {RequiredPackage} entry */
function pluginDependency({ name, version, server }) {
  return message(textField(1, name), textField(2, "resource"), textField(3, version), textField(4, server));
}

/** @param {RequiredPackage} entry */
function packageDependency(entry) {
  return message(
    pluginDependency(entry),
    parameterizationField(6, entry.parameterization),
    parameterizationField(7, entry.extension),
  );
}

/** @param {number} number @param {Parameterization | undefined} value */
function parameterizationField(number, value) {
  if (!value) return empty;
  const bytes = Buffer.from(value.value, "base64");
  return bytesField(
    number,
    message(textField(1, value.name), textField(2, value.version), bytesField(3, bytes)),
  );
}

/** InstallDependenciesResponse and RunPluginResponse share these fields. @param {Uint8Array} chunk */
export function stdoutChunk(chunk) {
  return bytesField(1, chunk);
}

/** @param {Uint8Array} chunk */
export function stderrChunk(chunk) {
  return bytesField(2, chunk);
}

/** The last message of RunPlugin. @param {number} code */
export function exitCode(code) {
  return numberField(3, code);
}
