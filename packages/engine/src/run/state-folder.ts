import { fileURLToPath } from "node:url";
import type { Home } from "../home/open-home.ts";

/** The folder in which the engine keeps its state; undefined where that is no folder of this computer. */
export function stateFolder({ backend }: Home): string | undefined {
  // The engine takes `file://~` and relative folders too; those it looks after itself.
  return backend.startsWith("file:///") ? fileURLToPath(backend) : undefined;
}
