import { backendFolder, type EngineOptions, stateHome } from "@coppice/engine";
import { openEngineOptions } from "./open-engine-options.ts";

/** What reading states takes. Of files the engine is not needed, and no home is made where there is none. */
export async function readingOptions(environment: NodeJS.ProcessEnv): Promise<EngineOptions> {
  const home = stateHome(environment);
  if (backendFolder(home.backend) === undefined) return await openEngineOptions(environment);
  return { home: { ...home, variables: {} }, pulumi: "", environment };
}
