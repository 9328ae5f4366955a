import { type AttachedPlugin, resources, serveAttached } from "@coppice/provider/plugin";
import { ownVersion } from "./own-version.ts";

export type { AttachedPlugin } from "@coppice/provider/plugin";

/** Serves our resources to the engines that this process starts, instead of a plugin process for each. */
export async function startAttachedPlugin(): Promise<AttachedPlugin> {
  return await serveAttached({ registry: resources, version: ownVersion() });
}
