import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { homeFolder, type StateHome } from "@coppice/engine";

/** Where the states of the home's stacks lie. Nothing is made. */
export function stateHome(environment: Readonly<Record<string, string | undefined>>): StateHome {
  const folder = homeFolder(environment);
  const backend = environment["PULUMI_BACKEND_URL"] || pathToFileURL(join(folder, "state")).href;
  return { folder, backend };
}
