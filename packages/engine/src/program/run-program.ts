import { runtime } from "@pulumi/pulumi";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { sdkParts } from "./sdk-parts.ts";

/** Registers resources. */
export type Program = () => void | Promise<void>;

/**
 * Runs a program for the engine, with a state of the SDK of its own. Throws what the program throws, also where nobody
 * waits for it; the engine's own errors it has told itself.
 */
export async function runProgram(request: RunRequest, program: Program): Promise<void> {
  await sdkParts.withLocalStorage(async () => {
    prepareRuntime(request);
    const strays = watchStrays();
    try {
      await Promise.race([runtime.runInPulumiStack(() => Promise.resolve(program())), strays.thrown]);
      await Promise.race([sdkParts.disconnect(true), strays.thrown]);
    } catch (error) {
      await Promise.race([sdkParts.disconnect(false), strays.thrown.catch(() => undefined)]);
      throw error;
    } finally {
      strays.stop();
    }
  });
}

function prepareRuntime(request: RunRequest): void {
  runtime.resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    request.getArgsList()[0] ?? "",
    request.getMonitorAddress(),
    request.getDryrun(),
    request.getOrganization(),
  );
  const config = Object.fromEntries(request.getConfigMap().getEntryList());
  runtime.setAllConfig(config, request.getConfigsecretkeysList());
}

/** The SDK registers resources in promises that nobody waits for: an error in one of them would end the process. */
function watchStrays(): { readonly thrown: Promise<never>; stop(): void } {
  const { promise: thrown, reject } = Promise.withResolvers<never>();
  thrown.catch(() => undefined);
  const events = ["uncaughtException", "unhandledRejection"] as const;
  for (const event of events) process.on(event, reject);
  return {
    thrown,
    stop: () => {
      for (const event of events) process.off(event, reject);
    },
  };
}
