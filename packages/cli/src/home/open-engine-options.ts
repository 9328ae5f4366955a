import type { EngineOptions } from "@coppice/engine";

/** Opens the home and finds the engine. Said once where state lies elsewhere than in files: how it is guarded there. */
export async function openEngineOptions(environment: NodeJS.ProcessEnv): Promise<EngineOptions> {
  const [{ isNewPlace, openHome }, { createReporter, toolEnvironment }] = await Promise.all([
    import("@coppice/engine"),
    import("@coppice/toolchain"),
  ]);
  const report = createReporter(process.stderr);
  const [home, { env, pulumi, engine }] = await Promise.all([
    openHome(environment),
    toolEnvironment({ make: true, host: { report } }),
  ]);
  if (await isNewPlace(home)) process.stderr.write(`${ELSEWHERE}\n`);
  return { home, pulumi, version: engine.version, environment: env };
}

const ELSEWHERE = `\
State lies where PULUMI_BACKEND_URL says, in no folder. On this computer whoever finds a stack in use waits;
between two computers the engine's own lock decides, which refuses the second one. This is said once.`;
