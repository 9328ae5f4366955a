import { join } from "node:path";
import { backendFolder } from "../home/backend-folder.ts";
import { besideState } from "../home/beside-state.ts";
import type { StateHome } from "../home/state-home.ts";

/** Which stack. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** Folders of one stack, beside what the engine keeps. */
export interface StackPlace {
  /** Whoever changes the stack says so here. */
  readonly leases: string;
  /** What waits for it. */
  readonly orders: string;
  /** The file of the drift that is ignored. */
  readonly ignored: string;
  /** Where the engine puts its own lock; undefined where state is not in files. */
  readonly engineLocks?: string;
}

/**
 * Where a stack's lease, orders and ignored drift are. Where state lies in files, they lie beside it, for everybody who uses that state.
 * For every other backend (`postgres://`, `s3://`, …) they are in the home of this computer: between its processes the lease
 * decides, and against other computers the engine's own lock, as it always did.
 */
export function stackPlace(home: StateHome, { project, stack }: StackName): StackPlace {
  const folder = backendFolder(home.backend);
  const name = join(project, stack);
  const own = besideState(home);
  return {
    leases: join(own, "leases", name),
    orders: join(own, "orders", name),
    ignored: join(own, "ignored", `${name}.json`),
    ...(folder !== undefined && { engineLocks: join(folder, ".pulumi", "locks", "organization", name) }),
  };
}
