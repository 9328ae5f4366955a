import type { Permissions } from "@coppice/pve";
import type { ResourceContext } from "../../resource/resource-context.ts";
import { reasonOf } from "../../resource/run-steps.ts";
import type { PoolCluster } from "../node/pool-cluster.ts";
import type { ObservedCluster } from "../plan/observed-cluster.ts";
import type { PlannedSeat, PoolPlan } from "../plan/plan-pool.ts";
import type { VmidSource } from "../plan/vmid-source.ts";
import type {
  OverlayPoolInputs,
  OverlayPoolState,
  PoolMethod,
  SeatException,
  SeatPlace,
} from "../pool-inputs.ts";

/** Called around every step that changes something; tests interrupt a run there. */
export interface StepHook {
  before(step: string): Promise<void>;
  after(step: string): Promise<void>;
}

/** One run over a pool: what it goes by, and what it has done so far. */
export interface PoolRun {
  readonly inputs: OverlayPoolInputs;
  /** What the last run recorded; undefined for a new pool. */
  readonly recorded: OverlayPoolState | undefined;
  readonly cluster: PoolCluster;
  readonly context: ResourceContext;
  readonly mark: string;
  readonly observed: ObservedCluster;
  readonly plan: PoolPlan;
  readonly madeBy: Exclude<PoolMethod, "auto">;
  readonly macPrefix: string;
  /** What the token may do. */
  readonly permissions: Permissions;
  /** The Proxmox pool that creates name, where the token's rights on machines do not reach all of them. */
  readonly bornIn: string | undefined;
  readonly vmids: VmidSource;
  readonly hook?: StepHook;
  /** The seats that exist, and what is particular about each. Grows and shrinks as steps are done. */
  readonly seats: Map<string, SeatPlace>;
  readonly exceptions: Map<string, SeatException>;
  /** What was not done, by seat. */
  readonly unfinished: Map<string, string>;
}

/** Does one step that changes something, between the hook's two calls. */
export async function step<Result>(run: PoolRun, name: string, work: () => Promise<Result>): Promise<Result> {
  await run.hook?.before(name);
  const result = await work();
  await run.hook?.after(name);
  return result;
}

/** Notes why a seat is not as wanted. The run goes on with the others. */
export function fail(run: PoolRun, seat: string, error: unknown): void {
  run.unfinished.set(seat, reasonOf(error));
}

/** Changes what is particular about a seat; a seat about which nothing is left has no entry. */
export function note(run: PoolRun, seat: string, change: Forgetful<SeatException>): void {
  const noted = Object.entries({ ...run.exceptions.get(seat), ...change }).filter(
    ([, value]) => value !== undefined,
  );
  run.exceptions.set(seat, Object.fromEntries(noted));
}

/** A change in which `undefined` means: forget it. */
type Forgetful<Type> = { [Key in keyof Type]?: Type[Key] | undefined };

/** Whether the run was cancelled: the step in hand ends, no other starts. */
export function isCancelled(run: PoolRun): boolean {
  return run.context.signal.aborted;
}

/** The seats of a plan by the node they are on. */
export function byNode(seats: readonly PlannedSeat[]): Map<string, PlannedSeat[]> {
  return Map.groupBy(seats, (seat) => seat.node);
}
