import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { toolEnvironment } from "@coppice/toolchain/run";
import { compare } from "./frame/compare.ts";
import type { Row } from "./frame/row.ts";

const run = promisify(execFile);
const command = resolve(import.meta.dirname, "../../packages/cli/bin/coppice.js");

/** What `coppice pulumi` costs before the engine starts: both are run in each round, and one is taken from the other. */
export async function rows(): Promise<Row[]> {
  const { env, pulumi } = await toolEnvironment();
  const ours = async () => {
    const wrapped = await elapsed(process.execPath, [command, "pulumi", "version"], env);
    return wrapped - (await elapsed(pulumi, ["version"], env));
  };
  const metric = "coppice pulumi version, less the engine's own (wall)";
  return [await compare({ metric, unit: "ms", ours, target: { of: "ours", limit: "at most", value: 200 } })];
}

async function elapsed(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  await run(program, args, { env, timeout: 60_000 });
  return performance.now() - start;
}
