import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { backendFolder } from "./backend-folder.ts";
import { type Environment, homeFolder } from "./home-folder.ts";

/** Where state lies. */
export interface StateHome {
  readonly folder: string;
  /** Where the engine keeps its state: a URL as `pulumi login` takes it, of files with an absolute path. */
  readonly backend: string;
}

/** Where the state of whoever this environment belongs to lies. Nothing is made. */
export function stateHome(environment: Environment): StateHome {
  const folder = homeFolder(environment);
  const own = environment["PULUMI_BACKEND_URL"];
  return { folder, backend: own ? absolute(own) : pathToFileURL(join(folder, "state")).href };
}

/** The engine runs in a folder of its own, where a relative path would lead elsewhere. */
function absolute(backend: string): string {
  const folder = backendFolder(backend);
  if (folder === undefined || backend.startsWith("file:///")) return backend;
  const [, ...options] = backend.split("?");
  return [pathToFileURL(folder).href, ...options].join("?");
}
