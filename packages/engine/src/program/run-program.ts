import { status } from "@grpc/grpc-js";
import { runtime } from "@pulumi/pulumi";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { inProgramScope } from "./program-scope.ts";
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
    try {
      await inProgramScope(async (checkpoint) => {
        await runtime.runInPulumiStack(async () => {
          await program();
          await checkpoint();
        });
        await sdkParts.waitForRPCs();
        // Told that a program has said everything, the engine removes what it did not say: a class that was refused.
        await checkpoint();
        await sdkParts.disconnect(true);
      });
    } catch (error) {
      // What is left of the program fails with the same error, or for the same reason.
      await sdkParts.disconnect(false).catch(() => undefined);
      if (!isEngines(error)) throw error;
    }
  });
}

/** What a program is told when the engine stops it: why, the engine itself has told (`errors.js` of the SDK). */
function isEngines(error: unknown): boolean {
  const codes: readonly unknown[] = [status.UNAVAILABLE, status.CANCELLED];
  return error instanceof Error && "code" in error && codes.includes(error.code);
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
