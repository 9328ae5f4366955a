import settings from "@pulumi/pulumi/runtime/settings.js";
import state from "@pulumi/pulumi/runtime/state.js";

/**
 * What the SDK's own host for inline programs (`automation/server.js`) is made of and its type declarations leave out
 * (`runtime/state.js`, `runtime/settings.js`). The SDK's version is pinned.
 */
interface SdkParts {
  /** Runs a program with a state of its own, so that several can run in one process, one after another. */
  withLocalStorage<T>(program: () => Promise<T>): Promise<T>;
  /** Resolves when everything that a program has registered is registered. */
  waitForRPCs(): Promise<void>;
  /** Waits for what was registered, tells the engine that the program has said everything, and closes the connections. */
  disconnect(signalShutdown: boolean): Promise<void>;
}

// The declarations hide these functions; their shapes are those of the pinned version's source.
const parts: unknown = { ...settings, ...state };

/** See {@link SdkParts}. */
export const sdkParts = parts as SdkParts; // as: see above
