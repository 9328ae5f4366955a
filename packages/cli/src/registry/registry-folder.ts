import { join } from "node:path";
import { homeFolder } from "@coppice/engine";

/** The folder of the home in which each registered cluster is a document. */
export function registryFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return join(homeFolder(environment), "clusters");
}
