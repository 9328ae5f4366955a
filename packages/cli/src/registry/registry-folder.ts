import { join } from "node:path";
import { type Environment, homeFolder } from "@coppice/engine";

/** The folder of the home in which each registered cluster is a document. */
export function registryFolder(environment: Environment): string {
  return join(homeFolder(environment), "clusters");
}
