import { about } from "./about.js";
import { installDependencies } from "./dependencies/install-dependencies.js";
import { programDependencies } from "./dependencies/program-dependencies.js";
import { requiredPackages } from "./dependencies/required-packages.js";
import { hostVersion } from "./host-version.js";
import * as requests from "./messages/requests.js";
import * as responses from "./messages/responses.js";
import { runPlugin } from "./plugin/run-plugin.js";
import { stopAllProcessTrees } from "./program/process-tree.js";
import { runProgram } from "./program/run-program.js";

/** @typedef {import("./grpc/serve.js").Method} Method */
/** @typedef {{ engineAddress: string, tracing: string, watchEngine: (address: string) => void }} HostContext */

/**
 * The calls of `pulumirpc.LanguageRuntime` that this host answers; the engine does
 * without the others, or says that the language host does not offer them.
 *
 * @param {HostContext} context
 * @returns {(path: string) => Method | undefined}
 */
export function languageRuntime(context) {
  /** @type {Readonly<Record<string, Method>>} */
  const methods = {
    ...programMethods(context),
    ...dependencyMethods,
    Handshake: async (bytes) => {
      context.engineAddress = requests.readHandshakeRequest(bytes).engineAddress;
      context.watchEngine(context.engineAddress);
      return responses.empty;
    },
    GetPluginInfo: async () => responses.pluginInfo(hostVersion),
    About: async (bytes) => responses.aboutResponse(await about(requests.readAboutRequest(bytes).info)),
  };
  const byPath = new Map(
    Object.entries(methods).map(([name, method]) => [`/pulumirpc.LanguageRuntime/${name}`, method]),
  );
  return (path) => byPath.get(path);
}

/**
 * @param {HostContext} context
 * @returns {Record<string, Method>}
 */
function programMethods(context) {
  return {
    Run: async (bytes, { signal }) =>
      responses.runResponse(await runProgram(requests.readRunRequest(bytes), { ...context, signal })),
    RunPlugin: (bytes, call) => runPlugin(requests.readRunPluginRequest(bytes), call),
    Cancel: async () => {
      await stopAllProcessTrees();
      return responses.empty;
    },
  };
}

/** @type {Record<string, Method>} */
const dependencyMethods = {
  GetRequiredPackages: async (bytes) => {
    const { info } = requests.readRequiredPackagesRequest(bytes);
    return responses.requiredPackagesResponse(requiredPackages(info.programDirectory));
  },
  GetRequiredPlugins: async (bytes) => {
    const { info } = requests.readRequiredPluginsRequest(bytes);
    return responses.requiredPluginsResponse(requiredPackages(info.programDirectory));
  },
  GetProgramDependencies: async (bytes) => {
    const { info, transitive } = requests.readProgramDependenciesRequest(bytes);
    return responses.programDependenciesResponse(programDependencies(info.programDirectory, transitive));
  },
  InstallDependencies: async (bytes, call) => {
    await installDependencies(requests.readInstallDependenciesRequest(bytes).info, call);
    return undefined;
  },
};
