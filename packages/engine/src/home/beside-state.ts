import { join } from "node:path";
import { stableMark } from "@coppice/core";
import { backendFolder } from "./backend-folder.ts";
import type { StateHome } from "./state-home.ts";

/**
 * The folder for what is ours beside the engine's state: where that lies in files, with it, for everybody who uses it; else
 * in the home, by the place of state, since stacks of one name in two places are two stacks.
 */
export function besideState({ folder: home, backend }: StateHome): string {
  const folder = backendFolder(backend);
  if (folder !== undefined) return join(folder, ".coppice");
  // Whoever comes with another password comes to the same place.
  return join(home, "shared", stableMark([backend.replace(/\/\/[^/]*@/, "//")]));
}
