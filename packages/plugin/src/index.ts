import { readFileSync } from "node:fs";
import { resources } from "@coppice/provider";
import { servePlugin } from "@coppice/provider/plugin";

/** Runs the plugin as the engine starts it: the engine's address is the only argument. */
export async function runPlugin(args: readonly string[]): Promise<void> {
  await servePlugin({ registry: resources, version: ownVersion(), engineAddress: args[0] });
}

function ownVersion(): string {
  // Our own package.json, which npm requires to name a version.
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
