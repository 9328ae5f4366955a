/**
 * The requests of `pulumirpc.LanguageRuntime` that this host answers. Field numbers:
 * pulumi/pulumi v3.255.0, proto/pulumi/language.proto and analyzer.proto.
 */
import { flag, int32, message, readFields, text, textMap, texts } from "../grpc/wire-reader.js";
import { readStruct } from "./struct.js";

/**
 * @typedef {object} ProgramInfo
 * @property {string} rootDirectory the folder of Pulumi.yaml
 * @property {string} programDirectory the folder that `main` names, else the same
 * @property {string} entryPoint "." when Pulumi.yaml names no file
 * @property {import("./struct.js").JsonObject} options `runtime.options` of Pulumi.yaml
 */

/** @param {import("../grpc/wire-reader.js").Fields} info @returns {ProgramInfo} */
function readProgramInfo(info) {
  return {
    rootDirectory: text(info, 1),
    programDirectory: text(info, 2),
    entryPoint: text(info, 3),
    options: readStruct(message(info, 4)),
  };
}

/** @param {Uint8Array} bytes */
export function readRunRequest(bytes) {
  const fields = readFields(bytes);
  return {
    project: text(fields, 1),
    stack: text(fields, 2),
    args: texts(fields, 5),
    config: textMap(fields, 6),
    dryRun: flag(fields, 7),
    parallel: int32(fields, 8),
    monitorAddress: text(fields, 9),
    configSecretKeys: texts(fields, 11),
    organization: text(fields, 12),
    info: readProgramInfo(message(fields, 14)),
    attachDebugger: flag(fields, 16),
  };
}

/** @typedef {ReturnType<typeof readRunRequest>} RunRequest */

/** @param {Uint8Array} bytes */
export function readRunPluginRequest(bytes) {
  const fields = readFields(bytes);
  return {
    pwd: text(fields, 1),
    args: texts(fields, 3),
    env: texts(fields, 4),
    info: readProgramInfo(message(fields, 5)),
    kind: text(fields, 6),
    name: text(fields, 7),
    attachDebugger: flag(fields, 8),
  };
}

/** @typedef {ReturnType<typeof readRunPluginRequest>} RunPluginRequest */

/** @param {Uint8Array} bytes */
export function readInstallDependenciesRequest(bytes) {
  const fields = readFields(bytes);
  return { info: readProgramInfo(message(fields, 3)) };
}

/** @param {Uint8Array} bytes */
export function readRequiredPackagesRequest(bytes) {
  return { info: readProgramInfo(message(readFields(bytes), 1)) };
}

/** @param {Uint8Array} bytes */
export function readRequiredPluginsRequest(bytes) {
  return { info: readProgramInfo(message(readFields(bytes), 4)) };
}

/** @param {Uint8Array} bytes */
export function readAboutRequest(bytes) {
  return { info: readProgramInfo(message(readFields(bytes), 1)) };
}

/** @param {Uint8Array} bytes */
export function readProgramDependenciesRequest(bytes) {
  const fields = readFields(bytes);
  return { transitive: flag(fields, 4), info: readProgramInfo(message(fields, 5)) };
}

/** @param {Uint8Array} bytes */
export function readHandshakeRequest(bytes) {
  return { engineAddress: text(readFields(bytes), 1) };
}

/** @param {Uint8Array} bytes an AnalyzerStackConfigureRequest */
export function readStackConfiguration(bytes) {
  const fields = readFields(bytes);
  return {
    stack: text(fields, 1),
    project: text(fields, 2),
    organization: text(fields, 3),
    dryRun: flag(fields, 4),
    config: textMap(fields, 7),
  };
}

/** @typedef {ReturnType<typeof readStackConfiguration>} StackConfiguration */
