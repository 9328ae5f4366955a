import type { Inputs, ResourceHookBinding } from "@pulumi/pulumi";
import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import providerServer from "@pulumi/pulumi/provider/server.js";
import resourceRuntime from "@pulumi/pulumi/runtime/resource.js";
import settings from "@pulumi/pulumi/runtime/settings.js";
import state from "@pulumi/pulumi/runtime/state.js";

/**
 * What the SDK's own provider server is made of and its type declarations leave out (`provider/server.js`, whose class
 * is not exported, `runtime/state.js`, `runtime/settings.js`, `runtime/resource.js`). The SDK's version is pinned.
 */
interface SdkParts {
  /** Runs a program with a state of its own, so that several can run in one process. */
  withLocalStorage<T>(program: () => Promise<T>): Promise<T>;
  /** Asks the engine's monitor what it can do. */
  awaitFeatureSupport(): Promise<void>;
  /** Resolves when everything that a program has registered is registered. */
  waitForRPCs(): Promise<void>;
  /** Inputs as a program would write them: outputs for what is secret, unknown or another resource's. */
  deserializeInputs(
    inputs: ReturnType<ConstructRequest["getInputs"]>,
    dependencies: ReturnType<ConstructRequest["getInputdependenciesMap"]>,
  ): Promise<Inputs>;
  hookBindingFromProto(
    hooks: ReturnType<ConstructRequest["getResourceHooks"]>,
  ): ResourceHookBinding | undefined;
}

// The declarations hide these functions; their shapes are those of the pinned version's source.
const parts: unknown = { ...providerServer, ...resourceRuntime, ...settings, ...state };

/** See {@link SdkParts}. */
export const sdkParts = parts as SdkParts; // as: see above
