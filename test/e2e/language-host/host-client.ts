import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { hostCommand } from "./stage.ts";

/** A language host started by hand, without an engine, and a client of the SDK's own making. */
export interface AttachedHost {
  readonly client: LanguageRuntimeClient;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the host under test. */
export async function attachHost(env: NodeJS.ProcessEnv, cwd: string): Promise<AttachedHost> {
  const child = spawn("sh", ["-c", `exec ${hostCommand}`], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
  });
  const client = new LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const stop = async (): Promise<void> => {
    client.close();
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  };
  return { client, process: child, stop };
}

/**
 * Turns a call of the generated client into a promise.
 *
 * @example await answer((done) => client.about(request, done))
 */
export function answer<Response>(
  call: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
